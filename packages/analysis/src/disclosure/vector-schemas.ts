import { z } from 'zod';
import { numbersOf } from './vector-differencing.ts';

const wholeNumber = (least: number, most: number, error: string) =>
	z.int({ error }).min(least, { error }).max(most, { error });
const most = Number.MAX_SAFE_INTEGER;
const count = wholeNumber(0, most, 'Give a whole number of people, 0 or more.');
const threshold = wholeNumber(5, 30, 'Give a whole number from 5 to 30.');
const least = wholeNumber(1, most, 'Give a whole number, 1 or more.');
const yesOrNo = (meaning: string) => z.boolean({ error: `Give true or false: ${meaning}` });
const options = {
	min_n: threshold.default(10),
	zero_is_safe: yesOrNo('may a count of nobody be shown?').default(false),
};

const bands = z.object({ n_min: least });

const percentDisplay = z
	.object({ n: count, x: count, min_n: options.min_n })
	.refine(({ n, x }) => x <= n, {
		message: 'x counts people among n: it cannot exceed n.',
		path: ['x'],
	});

const oneDimension = z.object({
	counts: z
		.record(z.string(), count, { error: 'Give an object of groups with their counts.' })
		.refine((counts) => Object.keys(counts).length > 0, {
			message: 'Give at least one group with its count.',
		}),
	total_shown: yesOrNo('does the total stand beside the groups?'),
	...options,
});

const names = (what: string) =>
	z
		.array(z.string(), { error: `Give a list with a name for every ${what}.` })
		.min(1, { error: `Give at least one ${what}.` })
		.superRefine((list, context) =>
			list.forEach((name, index) => {
				if (list.indexOf(name) !== index) {
					const message = `'${name}' names two ${what}s. Give each its own name.`;
					context.addIssue({ code: 'custom', path: [index], message });
				}
			}),
		);

const twoDimension = z
	.object({
		rows: names('row'),
		cols: names('column'),
		counts: z.array(z.array(count, { error: 'Give a list of counts, one per column.' }), {
			error: 'Give a list of rows, each a list of counts.',
		}),
		row_totals: z.array(count).nullish(),
		col_totals: z.array(count).nullish(),
		grand_total_shown: z.boolean().optional(),
		...options,
	})
	.superRefine((table, context) => {
		const fail = (path: (string | number)[], message: string): void =>
			context.addIssue({ code: 'custom', path, message });
		if (table.counts.length !== table.rows.length) {
			fail(['counts'], `Give one line of counts per row: ${table.rows.length} needed.`);
		}
		table.counts.forEach((line, index) => {
			if (line.length !== table.cols.length) {
				fail(['counts', index], `Give one count per column: ${table.cols.length} needed.`);
			}
		});
		const rowSums = table.counts.map((line) => line.reduce((sum, value) => sum + value, 0));
		const colSums = table.cols.map((_, column) =>
			table.counts.reduce((sum, line) => sum + (line[column] ?? 0), 0),
		);
		if (table.row_totals && String(table.row_totals) !== String(rowSums)) {
			fail(
				['row_totals'],
				`The rows add up to ${rowSums.join(', ')}. Correct the counts or the totals.`,
			);
		}
		if (table.col_totals && String(table.col_totals) !== String(colSums)) {
			fail(
				['col_totals'],
				`The columns add up to ${colSums.join(', ')}. Correct the counts or the totals.`,
			);
		}
	});

const differencing = z
	.object({
		releases: z.array(z.record(z.string(), z.union([z.string(), z.number()])), {
			error: 'Give a list of releases, the earliest first.',
		}),
		min_n: options.min_n,
	})
	.superRefine(({ releases }, context) => {
		const fail = (path: (string | number)[], message: string): void =>
			context.addIssue({ code: 'custom', path: ['releases', ...path], message });
		const shown = [...releases.entries()].filter(([, release]) => !('known_event' in release));
		if (shown.length < 2) {
			fail([], 'Give at least two releases to compare; an event is not one.');
		}
		const areBands = shown.some(([, release]) => 'band' in release);
		const names = [...new Set(shown.flatMap(([, release]) => numbersOf(release)))];
		if (areBands && names.length > 0) {
			fail([], 'Give each release a band, or each a number: they cannot be compared.');
			return;
		}
		for (const [index, release] of shown) {
			if (areBands ? !('band' in release) : numbersOf(release).length === 0) {
				fail([index], 'Give each release a number (citations, n) or a band.');
				continue;
			}
			for (const name of names) {
				if (!count.safeParse(release[name]).success) {
					const message = `Give each release ${name}, a whole number of people, 0 or more.`;
					fail([index, name], message);
				}
			}
		}
	});

const attributes = z.record(z.string(), z.string());
const quoteGeneralization = z.object({
	k: threshold.default(10),
	order: z.array(z.string().startsWith('drop_')).optional(),
	cells: z.array(z.object({ attrs: attributes, k: count })).min(1),
	input_attrs: attributes,
	role: z.string().default('Student'),
	names: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

const riskGroup = z
	.object({ x: count, n: count })
	.refine(({ n, x }) => x <= n, { message: 'x counts students among n: it cannot exceed n.' });
const riskRatio = z.object({
	target: riskGroup,
	comparison: riskGroup,
	state_comparison_risk_pct: z.number().min(0).max(100).optional(),
	min_cell: least.default(10),
	min_n: least.default(30),
});

const incidentRow = z.object({
	student_token: z.string(),
	school_id: z.string(),
	race: z.string(),
	outcome: z.string(),
	reconcile_status: z.string(),
});
const school = z.object({ id: z.string(), enrollment_by_race: z.record(z.string(), count) });

/** Incidents one by one, to be counted. */
export const incidentRows = z
	.object({
		incidents: z.array(incidentRow, { error: 'Give a list of incidents.' }),
		schools: z.array(school, { error: 'Give the list of schools.' }).min(1),
		min_n: options.min_n,
	})
	.superRefine(({ incidents: rows, schools }, context) =>
		rows.forEach(({ school_id: id }, index) => {
			if (!schools.some((known) => known.id === id)) {
				const message = `'${id}' is not among the schools. Add it there or correct it here.`;
				context.addIssue({ code: 'custom', path: ['incidents', index, 'school_id'], message });
			}
		}),
	);

const raceCount = z
	.object({ race: z.string(), enrolled: count, citations: count, students_cited: count })
	.refine(({ citations, students_cited }) => students_cited <= citations, {
		message: 'Each student cited has a citation: students_cited cannot exceed citations.',
		path: ['students_cited'],
	});

/** Incidents counted already. */
export const incidentCounts = z.object({
	rows: count.optional(),
	by_race: z.array(raceCount, { error: 'Give a list with the counts of each group.' }).min(1),
	public_students_cited_by_school: z
		.object({ counts_internal: z.record(z.string(), count) })
		.optional(),
	outcomes: z.record(z.string(), count).optional(),
	reconcile: z.record(z.string(), count).optional(),
	min_n: options.min_n,
});

/** Rows to count, or the counts themselves. */
const incidents = z.union([incidentRows, incidentCounts], {
	error:
		'Give either incidents (rows with student_token, school_id, race, outcome, ' +
		'reconcile_status) and schools (id, enrollment_by_race), or by_race (race, enrolled, ' +
		'citations, students_cited) with public_students_cited_by_school.counts_internal.',
});

/** What each kind of table must hold. Unknown keys are ignored, so a whole vector is accepted too. */
export const vectorSchemas = {
	bands,
	percent_display: percentDisplay,
	one_dimension: oneDimension,
	two_dimension: twoDimension,
	differencing,
	quote_generalization: quoteGeneralization,
	risk_ratio: riskRatio,
	incidents_sample_expected: incidents,
} as const;

/** The input of each kind after validation. */
export type VectorInput = {
	[Kind in keyof typeof vectorSchemas]: z.infer<(typeof vectorSchemas)[Kind]>;
};
