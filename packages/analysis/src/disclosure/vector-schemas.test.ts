import { describe, expect, it } from 'vitest';
import { DisclosureInputError, protectVectorFile } from './vectors.ts';

/** What a person is told about a table that cannot be read: path and words of each problem. */
function problemsOf(json: unknown): { path: string; message: string }[] {
	try {
		protectVectorFile(json);
		return [];
	} catch (error) {
		if (error instanceof DisclosureInputError) {
			expect(error.name).toBe('DisclosureInputError');
			expect(error.message).toBe(
				error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'),
			);
			return [...error.problems];
		}
		throw error;
	}
}

const pathsOf = (json: unknown) => problemsOf(json).map(({ path }) => path);

const grid = {
	kind: 'two_dimension',
	rows: ['a', 'b'],
	cols: ['x', 'y'],
	counts: [
		[20, 30],
		[40, 50],
	],
};
const quote = {
	kind: 'quote_generalization',
	cells: [{ attrs: { site: 'n', grade: '9' }, k: 12 }],
	input_attrs: { site: 'n', grade: '9' },
};
const risk = { kind: 'risk_ratio', target: { x: 40, n: 100 }, comparison: { x: 40, n: 200 } };
const counted = {
	kind: 'incidents_sample_expected',
	by_race: [{ race: 'White', enrolled: 100, citations: 20, students_cited: 18 }],
	public_students_cited_by_school: { counts_internal: { n: 18 } },
};

describe('a table as JSON', () => {
	it.each<[string, unknown]>([
		['bands', { kind: 'bands', n_min: 10 }],
		['a share', { kind: 'percent_display', n: 50, x: 50 }],
		['groups', { kind: 'one_dimension', counts: { a: 12, b: 40 }, total_shown: true }],
		['two attributes', grid],
		[
			'with their totals',
			{ ...grid, row_totals: [50, 90], col_totals: [60, 80], grand_total_shown: true },
		],
		['a series', { kind: 'differencing', releases: [{ n: 10 }, { n: 30 }] }],
		['a quote', quote],
		['a ratio', risk],
		['counts of incidents', counted],
		['the widest rule', { kind: 'percent_display', n: 50, x: 5, min_n: 30 }],
		['the narrowest', { kind: 'percent_display', n: 50, x: 5, min_n: 5 }],
	])('is read: %s', (_name, json) => {
		expect(problemsOf(json)).toEqual([]);
	});

	it.each<[string, unknown, string[]]>([
		['half a person', { kind: 'percent_display', n: 10.5, x: 5 }, ['n']],
		['fewer than none', { kind: 'percent_display', n: 50, x: -1 }, ['x']],
		['a rule below five', { kind: 'percent_display', n: 50, x: 5, min_n: 4 }, ['min_n']],
		['a rule above thirty', { kind: 'percent_display', n: 50, x: 5, min_n: 31 }, ['min_n']],
		['a band of nobody', { kind: 'bands', n_min: 0 }, ['n_min']],
		[
			'a safe zero that is no yes or no',
			{ kind: 'one_dimension', counts: { a: 1 }, total_shown: true, zero_is_safe: 'no' },
			['zero_is_safe'],
		],
		['no word on the total', { kind: 'one_dimension', counts: { a: 1 } }, ['total_shown']],
		['no rows', { ...grid, rows: [], counts: [] }, ['rows']],
		['no columns', { ...grid, cols: [], counts: [[], []] }, ['cols']],
		['one release', { kind: 'differencing', releases: [{ n: 10 }] }, ['releases']],
		[
			'a release of something else',
			{ kind: 'differencing', releases: [{ n: true }, { n: 2 }] },
			['releases.0.n'],
		],
		['a step that drops nothing', { ...quote, order: ['keep_site'] }, ['order.0']],
		['no cells', { ...quote, cells: [] }, ['cells']],
		['a k below five', { ...quote, k: 4 }, ['k']],
		['a k above thirty', { ...quote, k: 31 }, ['k']],
		[
			'a risk above a hundred',
			{ ...risk, state_comparison_risk_pct: 101 },
			['state_comparison_risk_pct'],
		],
		[
			'a risk below nothing',
			{ ...risk, state_comparison_risk_pct: -1 },
			['state_comparison_risk_pct'],
		],
		['a least cell of none', { ...risk, min_cell: 0 }, ['min_cell']],
		['a least group of none', { ...risk, min_n: 0 }, ['min_n']],
		['no incidents at all', { kind: 'incidents_sample_expected' }, ['incidents_sample_expected']],
		['no race', { ...counted, by_race: [] }, ['by_race']],
	])('is refused with %s', (_name, json, paths) => {
		expect(pathsOf(json)).toEqual(paths);
	});

	it.each<[string, unknown, string, string]>([
		[
			'more than all',
			{ kind: 'percent_display', n: 5, x: 6 },
			'x',
			'x counts people among n: it cannot exceed n.',
		],
		[
			'no group',
			{ kind: 'one_dimension', counts: {}, total_shown: true },
			'counts',
			'Give at least one group with its count.',
		],
		[
			'a line too few',
			{ ...grid, counts: [[20, 30]] },
			'counts',
			'Give one line of counts per row: 2 needed.',
		],
		[
			'a count too few',
			{ ...grid, counts: [[20, 30], [40]] },
			'counts.1',
			'Give one count per column: 2 needed.',
		],
		[
			'wrong totals of rows',
			{ ...grid, row_totals: [50, 91] },
			'row_totals',
			'The rows add up to 50, 90. Correct the counts or the totals.',
		],
		[
			'wrong totals of columns',
			{ ...grid, col_totals: [61, 80] },
			'col_totals',
			'The columns add up to 60, 80. Correct the counts or the totals.',
		],
		[
			'a group of a ratio with more than all',
			{ ...risk, target: { x: 101, n: 100 } },
			'target',
			'x counts students among n: it cannot exceed n.',
		],
		[
			'another kind',
			{ kind: 'pie' },
			'kind',
			"Found kind 'pie'. Give an object whose kind is one of bands, ",
		],
		['no kind', {}, 'kind', 'Found no kind. Give an object'],
		['a kind that is a number', { kind: 7 }, 'kind', 'Found no kind. Give an object'],
		['a kind every object has', { kind: 'toString' }, 'kind', "Found kind 'toString'."],
		['nothing', null, 'kind', 'Found no kind.'],
		[
			'neither rows nor counts',
			{ kind: 'incidents_sample_expected' },
			'incidents_sample_expected',
			'Give either incidents (rows with student_token, school_id, race, outcome, reconcile_status) and schools (id, enrollment_by_race), or by_race (race, enrolled, citations, students_cited) with public_students_cited_by_school.counts_internal.',
		],
	])('says what to do about %s', (_name, json, path, message) => {
		const [first] = problemsOf(json);
		expect(first?.path).toBe(path);
		expect(first?.message).toContain(message);
	});

	it('says all that is wrong at once', () => {
		expect(pathsOf({ kind: 'percent_display', n: -1, x: 'many' })).toEqual(['n', 'x']);
	});

	it('assumes ten, and a zero that is not safe', () => {
		const counts = { kind: 'one_dimension', counts: { a: 9, b: 40, c: 0 }, total_shown: false };
		expect(protectVectorFile(counts)).toMatchObject({ primary: ['a', 'c'] });
		expect(protectVectorFile({ ...counts, min_n: 5, zero_is_safe: true })).toMatchObject({
			primary: [],
		});
	});
});
