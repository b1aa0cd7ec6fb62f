import type { ProtectedTable } from '@throughline/analysis/disclosure';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateSample } from '../sample/sample.fixture.ts';
import { attributeIds, groupsOf, nestsOf, type Origin } from './attributes.ts';
import { chartId, parseChartId, resultQuestions } from './charts/chart-id.ts';
import { addPerson, addResponse, emptyTally, questionTallies, type Tally } from './count.ts';
import { resultsInput, takingPartInput, type EnrollmentRow } from './protect.ts';
import { protectTogether } from './protect-together.ts';
import type { CountedWindow } from './read-window.ts';

/** Closed questions of the sample, protected as the team sees them. */
async function protectSample() {
	const window = countSample();
	const inputs = resultQuestions(window.survey).flatMap((question) =>
		[null, ...attributeIds]
			.filter((by) =>
				parseChartId(window.survey, chartId({ type: 'question', questionId: question.id, by })),
			)
			.map((by) => resultsInput(window, tallyOf(window, question.id), by)),
	);
	const participation = (['site', 'grade_band', 'race'] as const).map((attribute) =>
		takingPartInput(window, enrollment(), attribute),
	);
	const protection = await protectTogether(
		{ participation, results: inputs, counts: [], earlier: [] },
		{ minN: window.minN, nests: window.nests },
	);
	return { inputs, ...protection };
}

describe('the team’s tables of the sample', () => {
	let sample: Awaited<ReturnType<typeof protectSample>>;

	beforeAll(async () => {
		sample = await protectSample();
	}, 60_000);

	const breakdowns = () =>
		sample.inputs
			.filter(({ attributeId }) => attributeId !== 'everyone')
			.map((input) => ({ input, table: tableOf(sample.tables, input.id) }));

	test('pass the audit together', () => {
		expect(sample.audit).toEqual({ ok: true, problems: [] });
	});

	test('show no group of fewer than ten by itself', () => {
		const shown = breakdowns().flatMap(({ input, table }) =>
			input.groups.filter(({ id, n }) => n < 10 && isShown(table, id)),
		);
		expect(shown).toEqual([]);
	});

	test('show at least 90 % of the groups that need no protection', () => {
		const counts = breakdowns().map(({ input, table }) => {
			const large = input.groups.filter(({ n }) => n >= 10);
			return {
				// One small group, or several of fewer than ten in all, need one large one beside them.
				free: large.length - (needsCompany(input.groups) ? 1 : 0),
				shown: large.filter(({ id }) => isShown(table, id)).length,
			};
		});
		const sum = (key: 'free' | 'shown') => counts.reduce((total, own) => total + own[key], 0);

		expect(sum('free')).toBeGreaterThan(300);
		expect(sum('shown') / sum('free')).toBeGreaterThanOrEqual(0.9);
	});

	test('keep every attribute: none is worth dropping', () => {
		const shown = new Set(
			breakdowns().flatMap(({ table }) => (table.isBreakdownShown ? [table.attributeId] : [])),
		);
		expect(shown).toEqual(new Set(attributeIds));
	});
});

const { sample, survey, responses } = generateSample();

function countSample(): CountedWindow {
	const origins = new Map(
		responses.map(({ siteKey, grade }): [string, Origin] => [
			`${siteKey} ${grade}`,
			{ siteKey, grade, level: levelOf(siteKey) },
		]),
	);
	const sites = sample.sites.map(({ key, name, level, hasSro }) => ({
		key,
		name,
		level,
		has_sro: hasSro,
	}));
	const window: CountedWindow = {
		engagementId: 'e',
		slug: 'e',
		windowId: 'w',
		label: 'Winter',
		minN: 10,
		quoteK: 10,
		opensAt: new Date(0),
		closesAt: new Date(0),
		timezone: 'America/Chicago',
		schoolYear: '2025-26',
		survey,
		surveyHash: '',
		sites,
		questions: questionTallies(survey),
		everyone: emptyTally('everyone', ['took_part'], true),
		originOf: () => ({ siteKey: null, level: null, grade: null }),
		nests: nestsOf(sites, [...origins.values()]),
	};
	for (const { siteKey, grade, language, values } of responses) {
		const answers = { meta: { survey: '', notice: '', language }, values: { ...values } };
		const groups = groupsOf(survey, answers, { siteKey, grade, level: levelOf(siteKey) });
		addResponse(window.questions, answers, groups);
		addPerson(window.everyone, new Set(['took_part']), groups);
	}
	return window;
}

function levelOf(siteKey: string) {
	return sample.sites.find(({ key }) => key === siteKey)?.level ?? null;
}

function enrollment(): EnrollmentRow[] {
	return sample.sites.flatMap((site) => {
		const own = { site_key: site.key, site_name: site.name, level: site.level };
		const rows = (attribute: string, counts: Record<string, number>) =>
			Object.entries(counts).map(([value, n]) => ({ ...own, attribute, value, n }));
		return [...rows('grade', site.enrollment.byGrade), ...rows('race', site.enrollment.byRace)];
	});
}

function tallyOf(window: CountedWindow, questionId: string): Tally {
	const tally = window.questions.get(questionId);
	if (!tally) {
		throw new Error(`The sample has no question ${questionId}.`);
	}
	return tally;
}

function tableOf(tables: readonly { id: string; kind: string }[], id: string): ProtectedTable {
	// Results inputs become results tables.
	return tables.find((table) => table.id === id) as ProtectedTable;
}

function isShown({ groups }: ProtectedTable, id: string): boolean {
	return groups.some((group) => group.id === id && group.people.type !== 'hidden');
}

function needsCompany(groups: readonly { n: number }[]): boolean {
	const small = groups.filter(({ n }) => n < 10);
	const together = small.reduce((sum, { n }) => sum + n, 0);
	return small.length > 0 && (small.length === 1 || together < 10);
}
