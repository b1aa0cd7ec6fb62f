import {
	auditRelease,
	type Nest,
	type ParticipationInput,
	protectRelease,
	protectRows,
	type ReleaseInput,
	type ResultsInput,
	type Row,
	surveyParams,
} from '@throughline/analysis/disclosure';
import type { BenchRow } from './suggestions.ts';

const SITES = 20;
const STUDENTS = 12_000;
const QUESTIONS = 12;
const OPTIONS = ['1', '2', '3', '4', '5'];
const POOL = { id: 'pool', label: 'All masked groups' };
/** A steward waits for it, in a process of its own. */
const RELEASE_LIMIT_S = 60;
const ROWS = 100_000;
const ROWS_LIMIT_S = 20;

/** Attributes with their groups; schools make up levels. */
const attributes: Record<string, string[]> = {
	site: numbered('site', SITES),
	level: ['elementary', 'middle', 'high'],
	grade_band: ['6-8', '9-10', '11-12'],
	race: numbered('race', 8),
	gender: numbered('gender', 4),
	disability: ['yes', 'no'],
	contact: numbered('contact', 4),
};
const nests: Nest[] = [
	{
		child: 'site',
		parent: 'level',
		parentOf: Object.fromEntries(
			numbered('site', SITES).map((site, index) => [
				site,
				['elementary', 'middle', 'high'][index % 3] ?? '',
			]),
		),
	},
];

/** How long a district of 20 schools waits for a release, alone and beside earlier ones, and for rows. */
export function benchDisclosure(): BenchRow[] {
	const input = district();
	const tables = input.results.length + input.participation.length;
	const options = { minN: 10, nests };
	const first = timed(() => protectRelease(input, options));
	const again = timed(() =>
		protectRelease({ ...input, earlier: [first.result.tables, first.result.tables] }, options),
	);
	const audit = timed(() => auditRelease(first.result.tables, [], options));
	const rows = timed(() => protectRows(rowsOf(ROWS)));
	const bad = [first, again].some(({ result }) => !result.audit.ok) || !audit.result.ok;
	if (bad) {
		throw new Error('A release of the made district gave figures away.');
	}
	const of = `${SITES} schools, ${STUDENTS.toLocaleString('en')} students, ${tables} tables`;
	return [
		{ name: `release, ${of}`, figure: first.seconds, unit: 's', limit: RELEASE_LIMIT_S },
		{
			name: 'the same beside two earlier ones',
			figure: again.seconds,
			unit: 's',
			limit: RELEASE_LIMIT_S,
		},
		{ name: 'its audit alone', figure: audit.seconds, unit: 's' },
		{
			name: 'groups shown of those with ten or more',
			figure: 100 * shownPart(input, first.result.tables),
			unit: '%',
			floor: 90,
		},
		{
			name: `row export of ${ROWS.toLocaleString('en')} rows`,
			figure: rows.seconds,
			unit: 's',
			limit: ROWS_LIMIT_S,
		},
	];
}

function timed<Result>(work: () => Result): { result: Result; seconds: number } {
	const start = performance.now();
	const result = work();
	return { result, seconds: (performance.now() - start) / 1000 };
}

function shownPart(input: ReleaseInput, tables: readonly { id: string }[]): number {
	const rows = input.results.flatMap((own) =>
		own.groups
			.filter(({ n }) => n >= own.params.minN)
			.map(({ id }) => {
				const table = tables.find((each) => each.id === own.id) as
					{ groups: { id: string; people: { type: string } }[] } | undefined;
				return table?.groups.some((row) => row.id === id && row.people.type !== 'hidden') === true;
			}),
	);
	return rows.filter(Boolean).length / rows.length;
}

interface Student {
	groups: Record<string, string>;
	answers: (number | null)[];
}

function district(): ReleaseInput {
	const students = makeStudents(STUDENTS);
	const count = (list: readonly Student[], question: number) => {
		const answered = list.flatMap(({ answers }) => answers[question] ?? []);
		const counts = OPTIONS.map(
			(_, option) => answered.filter((answer) => answer === option).length,
		);
		return { n: answered.length, counts };
	};
	const tableOf = (
		question: number,
		attributeId: string,
		groups: readonly string[],
	): ResultsInput => ({
		id: `q${question} by ${attributeId}`,
		populationId: 'students',
		questionId: `q${question}`,
		attributeId,
		isMultiple: false,
		options: OPTIONS,
		total: count(students, question),
		groups: groups.map((group) => ({
			id: group,
			label: group,
			...count(
				students.filter((student) => student.groups[attributeId] === group),
				question,
			),
		})),
		pool: POOL,
		params: surveyParams,
	});
	const whoBy = (attributeId: string): ParticipationInput => ({
		id: `who by ${attributeId}`,
		populationId: 'students',
		attributeId,
		responded: students.length,
		groups: (attributes[attributeId] ?? []).map((group) => {
			const responded = students.filter((student) => student.groups[attributeId] === group).length;
			return { id: group, label: group, enrolled: Math.ceil(responded * 1.25), responded };
		}),
		pool: POOL,
		params: surveyParams,
	});
	return {
		participation: ['site', 'grade_band', 'race'].map(whoBy),
		results: Object.entries(attributes).flatMap(([attribute, groups]) =>
			Array.from({ length: QUESTIONS }, (_, question) => tableOf(question, attribute, groups)),
		),
		counts: [],
		earlier: [],
	};
}

function rowsOf(count: number): Parameters<typeof protectRows>[0] {
	const ids = ['site', 'grade_band', 'race', 'gender', 'disability', 'contact'];
	const rows = makeStudents(count).map(({ groups, answers }): Row => ({
		attributes: ids.map((id) => groups[id] ?? null),
		answers: answers.map((answer) => (answer === null ? null : (OPTIONS[answer] ?? null))),
	}));
	return {
		attributes: ids.map((id) => ({
			id,
			coarser: id === 'site' ? [nests[0]?.parentOf ?? {}] : [],
		})),
		questions: Array.from({ length: QUESTIONS }, (_, question) => ({
			id: `q${question}`,
			tells: [],
		})),
		rows,
		k: 10,
		mostBlanked: 0.05,
	};
}

/** Schools from some twenty students to a thousand, a few rare groups, one in twenty-five skips. */
function makeStudents(count: number): Student[] {
	const random = xorshift(20_261_128);
	const weights = Object.fromEntries(
		Object.entries(attributes).map(([id, groups]) => [
			id,
			groups.map((_, index) => (id === 'site' ? 1 + index * 2 : 1 / (1 + index * index))),
		]),
	);
	return Array.from({ length: count }, () => {
		const groups = Object.fromEntries(
			Object.entries(attributes).map(([id, names]) => [
				id,
				names[pick(weights[id] ?? [], random())] ?? '',
			]),
		);
		groups['level'] = nests[0]?.parentOf[groups['site'] ?? ''] ?? '';
		const lean = random();
		const answers = Array.from({ length: QUESTIONS }, () =>
			random() < 0.04 ? null : Math.min(4, Math.floor(random() * (1 + lean) * 3)),
		);
		return { groups, answers };
	});
}

function numbered(name: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${name}${index}`);
}

function pick(weights: readonly number[], at: number): number {
	let rest = at * weights.reduce((sum, weight) => sum + weight, 0);
	return Math.max(
		0,
		weights.findIndex((weight) => (rest -= weight) < 0),
	);
}

function xorshift(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
