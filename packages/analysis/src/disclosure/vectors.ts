import { z } from 'zod';
import { countIncidents, measureByRace, showCounts } from './incidents.ts';
import { protectOneDimension } from './one-dimension.ts';
import { incidentParams, surveyParams } from './params.ts';
import { edgeBandOf, showPercent } from './percent.ts';
import { composeQuoteLabel, generalizeQuoteLabel, type LabelNames } from './quotes.ts';
import { riskRatio, type RiskRatio } from './risk-ratio.ts';
import { type Position, protectTwoDimension } from './two-dimension.ts';
import { compareReleases } from './vector-differencing.ts';
import { incidentCounts, incidentRows, type VectorInput, vectorSchemas } from './vector-schemas.ts';

const poolLabel = 'All masked groups';

/** Answers of one table, JSON-ready. */
export type VectorAnswers = Record<string, unknown>;

/** What is wrong with a file, where, and how to fix it. One line per problem in the message. */
export class DisclosureInputError extends Error {
	readonly problems: readonly { path: string; message: string }[];

	constructor(problems: readonly { path: string; message: string }[]) {
		super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
		this.name = 'DisclosureInputError';
		this.problems = problems;
	}
}

/**
 * Protects one table given as JSON: `{ kind, … }`, the kind being one of the keys of
 * `vectorSchemas`. Throws DisclosureInputError. `names` put school and group names into quote
 * labels where the file has none.
 */
export function protectVectorFile(
	json: unknown,
	{ names = {} }: { names?: NonNullable<LabelNames['values']> } = {},
): VectorAnswers {
	const kinds = Object.keys(vectorSchemas);
	const tagged = z.looseObject({ kind: z.string() }).safeParse(json);
	const kind = tagged.success ? tagged.data.kind : null;
	if (!isKind(kind)) {
		const found = kind === null ? 'no kind' : `kind '${kind}'`;
		const message = `Found ${found}. Give an object whose kind is one of ${kinds.join(', ')}.`;
		throw new DisclosureInputError([{ path: 'kind', message }]);
	}
	switch (kind) {
		case 'bands':
			return bands(read('bands', json));
		case 'percent_display':
			return percent(read('percent_display', json));
		case 'one_dimension':
			return oneDimension(read('one_dimension', json));
		case 'two_dimension':
			return twoDimension(read('two_dimension', json));
		case 'differencing':
			return compareReleases(read('differencing', json));
		case 'quote_generalization':
			return quote(read('quote_generalization', json), names);
		case 'risk_ratio':
			return risk(read('risk_ratio', json));
		case 'incidents_sample_expected':
			return incidents(read('incidents_sample_expected', json));
	}
}

function isKind(kind: string | null): kind is keyof VectorInput {
	return kind !== null && Object.hasOwn(vectorSchemas, kind);
}

function read<Kind extends keyof VectorInput>(kind: Kind, json: unknown): VectorInput[Kind] {
	const parsed = schemaFor(kind, json).safeParse(json);
	if (!parsed.success) {
		throw new DisclosureInputError(
			parsed.error.issues.map(({ path, message }) => ({
				path: path.length === 0 ? kind : path.join('.'),
				message,
			})),
		);
	}
	// The schema is looked up by the same kind, which the compiler cannot follow through the map.
	return parsed.data as VectorInput[Kind];
}

/** Incidents come in two shapes; the one that was begun says what is missing in it. */
function schemaFor(kind: keyof VectorInput, json: unknown): z.ZodType {
	if (kind === 'incidents_sample_expected' && typeof json === 'object' && json !== null) {
		if ('incidents' in json) {
			return incidentRows;
		}
		if ('by_race' in json) {
			return incidentCounts;
		}
	}
	return vectorSchemas[kind];
}

function bands({ n_min }: VectorInput['bands']): VectorAnswers {
	const { edge, middle } = edgeBandOf(n_min);
	return {
		edge_pct: edge,
		middle: middle === 'interval' ? '10-point interval' : 'whole percent',
	};
}

function percent({ n, x, min_n }: VectorInput['percent_display']): VectorAnswers {
	const { display, nBand } = showPercent(x, n, { ...surveyParams, minN: min_n });
	return { raw_pct: rawPercent(x, n), display, n_band: nBand };
}

/** x of n in percent to one decimal, half to even: the caller's own figure, beside what may be shown. */
function rawPercent(x: number, n: number): number {
	const tenths = (1000 * x) / n;
	const below = Math.floor(tenths);
	const isTie = 2 * (1000 * x - below * n) === n;
	return (isTie ? below + (below % 2) : Math.round(tenths)) / 10;
}

function oneDimension(input: VectorInput['one_dimension']): VectorAnswers {
	const groups = Object.entries(input.counts).map(([id, count]) => ({ id, count }));
	const params = { ...surveyParams, minN: input.min_n, zeroIsSafe: input.zero_is_safe };
	const protection = protectOneDimension(groups, { isTotalShown: input.total_shown, params });
	const { primary, complementary, pool, isTotalShown } = protection;
	return {
		primary,
		complementary,
		pooled_alternative: pool && { [poolLabel]: pool.count, members: pool.members },
		...(input.total_shown && !isTotalShown ? { total_hidden: true } : {}),
	};
}

function twoDimension(input: VectorInput['two_dimension']): VectorAnswers {
	const areRowTotalsShown = Boolean(input.row_totals);
	const areColumnTotalsShown = Boolean(input.col_totals);
	const protection = protectTwoDimension(
		{
			rows: input.rows,
			columns: input.cols,
			counts: input.counts,
			areRowTotalsShown,
			areColumnTotalsShown,
			isGrandTotalShown: input.grand_total_shown ?? (areRowTotalsShown || areColumnTotalsShown),
		},
		{ ...surveyParams, minN: input.min_n, zeroIsSafe: input.zero_is_safe },
	);
	const name = ({ row, column }: Position): string[] => [
		input.rows[row] ?? 'total',
		input.cols[column] ?? 'total',
	];
	return {
		primary: protection.primary.map(name),
		complementary: protection.complementary.map(name),
		exactly_determined_after: protection.determined.map(name),
		feasible_ranges: protection.ranges.map(({ low, high, ...position }) => ({
			cell: name(position),
			low,
			high: Number.isFinite(high) ? high : null,
			width: Number.isFinite(high) ? high - low : null,
		})),
		pass_rule:
			'no suppressed cell exactly determined and every feasible range at least ' +
			`${input.min_n} wide`,
	};
}

function quote(
	input: VectorInput['quote_generalization'],
	names: NonNullable<LabelNames['values']>,
): VectorAnswers {
	const order = input.order?.map((step) => step.replace(/^drop_/, ''));
	const label = generalizeQuoteLabel(input.input_attrs, input.cells, {
		k: input.k,
		...(order === undefined ? {} : { order }),
	});
	const values = { ...names, ...input.names };
	return {
		expected_label_attrs: label?.attrs ?? null,
		expected_label: label && composeQuoteLabel(label.attrs, { role: input.role, values }),
	};
}

function risk(input: VectorInput['risk_ratio']): VectorAnswers {
	const result = riskRatio(input.target, input.comparison, {
		stateRiskPercent: input.state_comparison_risk_pct ?? null,
		minimums: { cell: input.min_cell, n: input.min_n },
	});
	return { expected: riskAnswers(result, '') };
}

function riskAnswers(result: RiskRatio, prefix: string): VectorAnswers {
	if (result.status === 'not_calculated') {
		return { [`${prefix}status`]: result.status, [`${prefix}reason`]: result.reason };
	}
	return {
		[`${prefix}status`]: result.status,
		[`${prefix}risk`]: result.risk,
		[`${prefix}comparison_risk`]: result.comparisonRisk,
		[`${prefix}ratio`]: result.ratio,
	};
}

function incidents(input: VectorInput['incidents_sample_expected']): VectorAnswers {
	const counts = 'incidents' in input ? countIncidents(input.incidents, input.schools) : null;
	const byRace = 'by_race' in input ? input.by_race : (counts?.byRace ?? []);
	const given = 'by_race' in input ? input : null;
	const internal =
		given?.public_students_cited_by_school?.counts_internal ??
		(counts && Object.fromEntries(counts.bySchool.map(({ id, count }) => [id, count])));
	const rows = counts?.rows ?? given?.rows;
	const outcomes = counts?.outcomes ?? given?.outcomes;
	const reconcile = counts?.reconcile ?? given?.reconcile;
	const params = { ...incidentParams, minN: input.min_n };
	return {
		...(rows === undefined ? {} : { rows }),
		citations: byRace.reduce((sum, { citations }) => sum + citations, 0),
		students_cited: byRace.reduce((sum, { students_cited }) => sum + students_cited, 0),
		by_race: measureByRace(byRace).map(
			({ enrolledShare, citedShare, ratePer100, riskRatio: ratio, ...count }) => ({
				...count,
				composition_enrolled_pct: enrolledShare,
				composition_cited_pct: citedShare,
				rate_per_100: ratePer100,
				...riskAnswers(ratio, 'rr_'),
			}),
		),
		public_students_cited_by_race: publicByRace(byRace, params),
		...(internal ? { public_students_cited_by_school: publicBySchool(internal, params) } : {}),
		...(outcomes === undefined ? {} : { outcomes }),
		...(reconcile === undefined ? {} : { reconcile }),
	};
}

function publicByRace(
	byRace: readonly { race: string; students_cited: number }[],
	params: typeof incidentParams,
): VectorAnswers {
	const groups = byRace.map(({ race, students_cited }) => ({ id: race, count: students_cited }));
	const { protection, display, pooled } = showCounts(groups, { params, poolLabel });
	const { primary, complementary } = protection;
	return { primary, complementary, display, pooled_alternative: pooled };
}

function publicBySchool(
	counts: Readonly<Record<string, number>>,
	params: typeof incidentParams,
): VectorAnswers {
	const groups = Object.entries(counts).map(([id, count]) => ({ id, count }));
	const { primary, complementary } = protectOneDimension(groups, { isTotalShown: true, params });
	return { counts_internal: counts, primary, complementary };
}
