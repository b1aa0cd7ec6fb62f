import { describe, expect, it } from 'vitest';
import incidentsSample from '../../test-data/incidents_sample.json' with { type: 'json' };
import project from '../../test-data/project.json' with { type: 'json' };
import vectors from '../../test-data/disclosure_test_vectors.json' with { type: 'json' };
import { DisclosureInputError, protectVectorFile } from './vectors.ts';

/** Splits an entry into what is asked and what is answered. */
function split(
	entry: object,
	answers: readonly string[],
): { asked: Record<string, unknown>; expected: Record<string, unknown> } {
	const parts = Object.entries(entry);
	return {
		asked: Object.fromEntries(parts.filter(([key]) => !answers.includes(key))),
		expected: Object.fromEntries(parts.filter(([key]) => answers.includes(key))),
	};
}

const answersOf = {
	bands: ['edge_pct', 'middle'],
	percent_display: ['raw_pct', 'display', 'n_band'],
	one_dimension: ['primary', 'complementary', 'pooled_alternative'],
	differencing: ['difference', 'decision'],
	risk_ratio: ['expected'],
} as const;

const lists = Object.entries(answersOf).flatMap(([kind, answers]) => {
	const entries: object[] = Object.entries(vectors).find(([key]) => key === kind)?.[1] as object[];
	return entries.map((entry, number) => ({ kind, number, ...split(entry, answers) }));
});

const schoolNames = Object.fromEntries(project.schools.map(({ id, name }) => [id, name]));

describe('tables as JSON', () => {
	it('has every kind of the vectors', () => {
		expect(new Set(lists.map(({ kind }) => kind)).size).toBe(5);
		expect(lists).toHaveLength(5 + 25 + 4 + 4 + 3);
	});

	it.each(lists)('answers $kind $number exactly', ({ kind, asked, expected }) => {
		expect(protectVectorFile({ kind, ...asked })).toEqual(expected);
	});

	it('answers the two-dimensional table exactly', () => {
		const { asked, expected } = split(vectors.two_dimension, [
			'primary',
			'complementary',
			'exactly_determined_after',
			'feasible_ranges',
			'pass_rule',
		]);

		expect(protectVectorFile({ kind: 'two_dimension', ...asked })).toEqual(expected);
	});

	it('answers the quote exactly, with names from the caller or in the file', () => {
		const { asked, expected } = split(vectors.quote_generalization, [
			'expected_label_attrs',
			'expected_label',
		]);
		const table = { kind: 'quote_generalization', ...asked };

		expect(protectVectorFile(table, { names: { school: schoolNames } })).toEqual(expected);
		expect(protectVectorFile({ ...table, names: { school: schoolNames } })).toEqual(expected);
		expect(protectVectorFile(table)).toMatchObject({
			expected_label: 'Student, grades 9-10, gph',
		});
	});

	it('answers the sample incidents exactly, from rows and schools', () => {
		const answers = protectVectorFile({
			kind: 'incidents_sample_expected',
			incidents: incidentsSample.rows,
			schools: project.schools,
		});

		expect(answers).toEqual(vectors.incidents_sample_expected);
	});

	it('answers the sample incidents exactly, from raw counts', () => {
		const { rows, by_race, public_students_cited_by_school, outcomes, reconcile } =
			vectors.incidents_sample_expected;
		const answers = protectVectorFile({
			kind: 'incidents_sample_expected',
			rows,
			by_race: by_race.map(({ race, enrolled, citations, students_cited }) => ({
				race,
				enrolled,
				citations,
				students_cited,
			})),
			public_students_cited_by_school: {
				counts_internal: public_students_cited_by_school.counts_internal,
			},
			outcomes,
			reconcile,
		});

		expect(answers).toEqual(vectors.incidents_sample_expected);
	});

	it('takes a whole vector, its answers left in, as the question', () => {
		const [entry] = vectors.one_dimension;

		expect(protectVectorFile({ kind: 'one_dimension', ...entry })).toMatchObject({
			primary: ['American Indian'],
		});
	});
});

describe('files that cannot be read', () => {
	it.each([
		['no object', [], 'kind', /one of bands, percent_display/],
		['an unknown kind', { kind: 'three_dimension' }, 'kind', /'three_dimension'/],
		['a key of every object', { kind: 'toString' }, 'kind', /'toString'/],
		[
			'a missing field',
			{ kind: 'one_dimension', counts: { a: 1 } },
			'total_shown',
			/true or false/,
		],
		[
			'a negative count',
			{ kind: 'one_dimension', counts: { a: -1 }, total_shown: true },
			'counts.a',
			/0 or more/,
		],
		['a fraction', { kind: 'percent_display', n: 10, x: 1.5 }, 'x', /whole number/],
		['more than all', { kind: 'percent_display', n: 10, x: 11 }, 'x', /cannot exceed n/],
		[
			'a minimum below five',
			{ kind: 'percent_display', n: 10, x: 1, min_n: 3 },
			'min_n',
			/from 5 to 30/,
		],
		[
			'no groups',
			{ kind: 'one_dimension', counts: {}, total_shown: true },
			'counts',
			/at least one/,
		],
		[
			'a short line',
			{ kind: 'two_dimension', rows: ['a'], cols: ['b', 'c'], counts: [[1]] },
			'counts.0',
			/one count per column: 2/,
		],
		[
			'a wrong total',
			{ kind: 'two_dimension', rows: ['a'], cols: ['b'], counts: [[11]], row_totals: [12] },
			'row_totals',
			/add up to 11/,
		],
		[
			'numbers and bands',
			{ kind: 'differencing', releases: [{ n: 30 }, { band: '10-19' }] },
			'releases',
			/each a number/,
		],
		[
			'events alone',
			{ kind: 'differencing', releases: [{ known_event: 'a' }, { known_event: 'b' }] },
			'releases',
			/an event is not one/,
		],
		[
			'a number the other release lacks',
			{ kind: 'differencing', releases: [{ n: 30 }, { n: 40, citations: 12 }] },
			'releases.0.citations',
			/each release citations/,
		],
		[
			'half a person in a series',
			{ kind: 'differencing', releases: [{ n: 30 }, { n: 42.5 }] },
			'releases.1.n',
			/whole number/,
		],
		[
			'two rows of one name',
			{ kind: 'two_dimension', rows: ['a', 'a'], cols: ['b'], counts: [[11], [12]] },
			'rows.1',
			/its own name/,
		],
		[
			'a school nobody named',
			{
				kind: 'incidents_sample_expected',
				incidents: [
					{ student_token: 't', school_id: 'x', race: 'r', outcome: 'o', reconcile_status: 's' },
				],
				schools: [{ id: 'y', enrollment_by_race: { r: 20 } }],
			},
			'incidents.0.school_id',
			/not among the schools/,
		],
		[
			'more students than citations',
			{
				kind: 'incidents_sample_expected',
				by_race: [{ race: 'r', enrolled: 90, citations: 10, students_cited: 11 }],
			},
			'by_race.0.students_cited',
			/cannot exceed citations/,
		],
		[
			'a count of incidents in words',
			{
				kind: 'incidents_sample_expected',
				by_race: [{ race: 'r', enrolled: 'many', citations: 10, students_cited: 9 }],
			},
			'by_race.0.enrolled',
			/whole number/,
		],
		[
			'a release without a number',
			{ kind: 'differencing', releases: [{ as_of: 'May', n: 3 }, { as_of: 'June' }] },
			'releases.1',
			/number/,
		],
		[
			'neither rows nor counts',
			{ kind: 'incidents_sample_expected' },
			'incidents_sample_expected',
			/either incidents/,
		],
	])('are refused with the place and the way out: %s', (_, json, path, message) => {
		const error = captureError(() => protectVectorFile(json));

		expect(error.problems).toContainEqual({ path, message: expect.stringMatching(message) });
	});
});

function captureError(run: () => unknown): DisclosureInputError {
	try {
		run();
	} catch (error) {
		if (error instanceof DisclosureInputError) {
			return error;
		}
		throw error;
	}
	throw new Error('Nothing was refused.');
}

describe('tables of differences', () => {
	describe('of bands over time', () => {
		const bands = (event?: string, last = '20-39') => ({
			kind: 'differencing',
			releases: [
				{ as_of: 'January', band: '10-19' },
				{ as_of: 'March', band: last },
				...(event === undefined ? [] : [{ known_event: event }]),
			],
		});
		it.each([
			[undefined, 'allow'],
			['no students moved', 'allow'],
			['one student moved', 'block'],
			['nine students moved', 'block'],
			['A student moved', 'block'],
			['12 students moved', 'allow'],
			['9 students moved', 'block'],
			['Two students moved', 'block'],
		])('with the event %j: %s', (event, decision) => {
			expect(String(protectVectorFile(bands(event))['decision'])).toMatch(decision);
		});

		it('says whose group a new band tells, or that nothing differs', () => {
			const decision = (event: string) => String(protectVectorFile(bands(event))['decision']);
			expect(decision('one student moved')).toContain("new student's group");
			expect(decision('three students moved')).toContain("new students' group");
			expect(protectVectorFile(bands('one student moved', '10-19'))).toEqual({
				difference: 0,
				decision: 'allow',
			});
		});
	});

	it('says which of many releases is the first that must not be', () => {
		const blocked = (numbers: number[]) =>
			String(
				protectVectorFile({
					kind: 'differencing',
					releases: numbers.map((n, index) => ({ as_of: `2025-0${index + 1}`, n })),
				})['decision'],
			);
		expect(blocked([100, 103])).toContain('second');
		expect(blocked([100, 200, 300, 400, 500, 501])).toContain('sixth');
		expect(blocked([100, 200, 300, 400, 500, 600, 700, 800, 805])).toContain('9th');
		expect(blocked([100, 200])).toBe('allow');
	});

	it('says that a total is hidden too, where nothing else can protect a group', () => {
		const alone = { kind: 'one_dimension', counts: { a: 4 }, total_shown: true };
		expect(protectVectorFile(alone)).toMatchObject({ total_hidden: true });
		expect(protectVectorFile({ ...alone, total_shown: false })).not.toHaveProperty('total_hidden');
		expect(protectVectorFile({ ...alone, counts: { a: 40 } })).not.toHaveProperty('total_hidden');
	});
});
