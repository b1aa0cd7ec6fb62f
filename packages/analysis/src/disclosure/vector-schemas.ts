import { z } from 'zod';

const count = z.int().min(0);
const options = {
	min_n: z.int().min(5).max(30).default(10),
	zero_is_safe: z.boolean().default(false),
};

const bands = z.object({ n_min: z.int().min(1) });

const percentDisplay = z
	.object({ n: count, x: count, min_n: options.min_n })
	.refine(({ n, x }) => x <= n, {
		message: 'x counts people among n: it cannot exceed n.',
		path: ['x'],
	});

const oneDimension = z.object({
	counts: z.record(z.string(), count).refine((counts) => Object.keys(counts).length > 0, {
		message: 'Give at least one group with its count.',
	}),
	total_shown: z.boolean(),
	...options,
});

const twoDimension = z
	.object({
		rows: z.array(z.string()).min(1),
		cols: z.array(z.string()).min(1),
		counts: z.array(z.array(count)),
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

const differencing = z.object({
	releases: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).min(2),
	min_n: options.min_n,
});

const attributes = z.record(z.string(), z.string());
const quoteGeneralization = z.object({
	k: z.int().min(5).max(30).default(10),
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
	min_cell: z.int().min(1).default(10),
	min_n: z.int().min(1).default(30),
});

const incidentRow = z.object({
	student_token: z.string(),
	school_id: z.string(),
	race: z.string(),
	outcome: z.string(),
	reconcile_status: z.string(),
});
const school = z.object({ id: z.string(), enrollment_by_race: z.record(z.string(), count) });

/** Rows to count, or the counts themselves. */
const incidents = z.union(
	[
		z.object({
			incidents: z.array(incidentRow),
			schools: z.array(school).min(1),
			min_n: options.min_n,
		}),
		z.object({
			rows: count.optional(),
			by_race: z
				.array(
					z.object({ race: z.string(), enrolled: count, citations: count, students_cited: count }),
				)
				.min(1),
			public_students_cited_by_school: z
				.object({ counts_internal: z.record(z.string(), count) })
				.optional(),
			outcomes: z.record(z.string(), count).optional(),
			reconcile: z.record(z.string(), count).optional(),
			min_n: options.min_n,
		}),
	],
	{
		error:
			'Give either incidents (rows with student_token, school_id, race, outcome, ' +
			'reconcile_status) and schools (id, enrollment_by_race), or by_race (race, enrolled, ' +
			'citations, students_cited) with public_students_cited_by_school.counts_internal.',
	},
);

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
