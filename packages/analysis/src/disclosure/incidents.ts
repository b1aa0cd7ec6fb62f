import {
	type GroupCount,
	type OneDimensionProtection,
	protectOneDimension,
} from './one-dimension.ts';
import type { DisclosureParams } from './params.ts';
import { riskRatio, type RiskMinimums, type RiskRatio } from './risk-ratio.ts';

/** One incident of one student. */
export interface IncidentRow {
	student_token: string;
	school_id: string;
	race: string;
	outcome: string;
	reconcile_status: string;
}

/** A school with its public enrolment. */
export interface SchoolEnrolment {
	id: string;
	enrollment_by_race: Readonly<Record<string, number>>;
}

/** Citations of one group, for the internal pack. */
export interface RaceCount {
	race: string;
	enrolled: number;
	citations: number;
	students_cited: number;
}

/** Internal counts of a set of incidents: authorized readers only. */
export interface IncidentCounts {
	rows: number;
	byRace: RaceCount[];
	/** Unduplicated students cited, per school, in the order of the schools. */
	bySchool: GroupCount[];
	outcomes: Record<string, number>;
	reconcile: Record<string, number>;
}

/** Measures of one group (domain 4.2); percentages with one decimal, rates with two. */
export interface RaceMeasures extends RaceCount {
	enrolledShare: number;
	citedShare: number;
	ratePer100: number;
	riskRatio: RiskRatio;
}

/** Counts rows and unduplicated cited students by race and school. */
export function countIncidents(
	rows: readonly IncidentRow[],
	schools: readonly SchoolEnrolment[],
): IncidentCounts {
	const cited = rows.filter(({ outcome }) => outcome === 'citation');
	const students = (list: readonly IncidentRow[]): number =>
		new Set(list.map(({ student_token }) => student_token)).size;
	const races = [
		...new Set([
			...schools.flatMap(({ enrollment_by_race }) => Object.keys(enrollment_by_race)),
			...cited.map(({ race }) => race),
		]),
	];
	return {
		rows: rows.length,
		byRace: races.map((race) => ({
			race,
			enrolled: schools.reduce((sum, school) => sum + (school.enrollment_by_race[race] ?? 0), 0),
			citations: cited.filter((row) => row.race === race).length,
			students_cited: students(cited.filter((row) => row.race === race)),
		})),
		bySchool: schools.map(({ id }) => ({
			id,
			count: students(cited.filter(({ school_id }) => school_id === id)),
		})),
		outcomes: tally(rows.map(({ outcome }) => outcome)),
		reconcile: tally(rows.map(({ reconcile_status }) => reconcile_status)),
	};
}

/** Composition, rate and risk ratio of each group against all others. */
export function measureByRace(
	counts: readonly RaceCount[],
	minimums: RiskMinimums = { cell: 10, n: 30 },
): RaceMeasures[] {
	const enrolled = counts.reduce((sum, count) => sum + count.enrolled, 0);
	const cited = counts.reduce((sum, count) => sum + count.students_cited, 0);
	return counts.map((count) => {
		const target = { x: count.students_cited, n: count.enrolled };
		const others = { x: cited - target.x, n: enrolled - target.n };
		return {
			...count,
			enrolledShare: rounded(count.enrolled, enrolled, 1),
			citedShare: rounded(count.students_cited, cited, 1),
			ratePer100: rounded(count.students_cited, count.enrolled, 2),
			riskRatio: riskRatio(target, others, { minimums }),
		};
	});
}

/** A public line of counts: each group's text, and the pooled alternative. */
export interface PublicCounts {
	protection: OneDimensionProtection;
	/** '17', '<10', or 'not shown' for all hidden ones where a complement is among them. */
	display: Record<string, string>;
	pooled: { members: string[]; display: Record<string, number> } | null;
}

/** Students per group as the public may see them, the total public too. */
export function showCounts(
	groups: readonly GroupCount[],
	{ params, poolLabel }: { params: DisclosureParams; poolLabel: string },
): PublicCounts {
	const protection = protectOneDimension(groups, { isTotalShown: true, params });
	const hidden = [...protection.primary, ...protection.complementary];
	const mark = protection.complementary.length === 0 ? `<${params.minN}` : 'not shown';
	const { pool } = protection;
	return {
		protection,
		display: Object.fromEntries(
			groups.map(({ id, count }) => [id, hidden.includes(id) ? mark : String(count)]),
		),
		pooled:
			pool === null
				? null
				: {
						members: pool.members,
						display: {
							...Object.fromEntries(
								groups
									.filter(({ id }) => !pool.members.includes(id))
									.map(({ id, count }) => [id, count]),
							),
							[poolLabel]: pool.count,
						},
					},
	};
}

function tally(values: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) {
		counts[value] = (counts[value] ?? 0) + 1;
	}
	return counts;
}

function rounded(x: number, n: number, decimals: number): number {
	const unit = 10 ** decimals;
	return n === 0 ? 0 : Math.round((100 * unit * x) / n) / unit;
}
