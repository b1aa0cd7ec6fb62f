import { blankSmallClasses, keyOf, patternsOf, recode } from './row-classes.ts';

/** What of a row could tell whose it is, and how it may be told in coarser words. */
export interface RowAttribute {
	id: string;
	/** Values in coarser words, one map per step: `{ north: 'high' }`. One that is left out is blanked. */
	coarser: readonly Readonly<Record<string, string>>[];
}

/** A question whose answers stand in every row. */
export interface RowQuestion {
	id: string;
	/** Attributes that decide whether it is asked: that there is an answer tells them. */
	tells: readonly string[];
}

/** One response: its attributes and answers in the order of the input's; null where there is none. */
export interface Row {
	attributes: readonly (string | null)[];
	answers: readonly (string | null)[];
}

/** Rows before protection. */
export interface RowsInput {
	attributes: readonly RowAttribute[];
	questions: readonly RowQuestion[];
	rows: readonly Row[];
	/** At least so many rows share what is told of the people behind them. */
	k: number;
	/** The part of all rows that may lose attributes so that the others keep theirs, 0 to 1. */
	mostBlanked: number;
}

/** Rows that may be handed out once they are shuffled: they stand in the order of the input. */
export interface ProtectedRows {
	rows: Row[];
	/** How each attribute is told: 0 as given, then in coarser words; null not at all. */
	steps: Record<string, number | null>;
	loss: RowsLoss;
}

/** What the protection took, and what it leaves open, in parts of a whole. */
export interface RowsLoss {
	/** Rows that lost an attribute others keep. */
	rows: PartBand;
	/** The same by attribute. */
	attributes: Record<string, PartBand>;
	/** Answers left out because they would tell an attribute. */
	answers: PartBand;
	/** Classes of rows and questions where everybody gave the same answer. */
	sameAnswer: PartBand;
}

/** A part of a whole in words: an exact one would count a small group. */
export type PartBand = 'none' | 'up_to_5' | 'up_to_10' | 'up_to_25' | 'more';

/**
 * Rows in which at least k share every combination of attributes (k-anonymity, Sweeney 2002), by
 * global recoding and then local suppression. The same rows give the same table in any order.
 * A row's attribute is null where it is blanked and where it was never said: they look alike.
 * @throws RangeError when k is below 2, or there are fewer than k rows.
 */
export function protectRows(input: RowsInput): ProtectedRows {
	const { attributes, k } = input;
	if (k < 2 || input.rows.length < k) {
		throw new RangeError(`${input.rows.length} rows: too few for classes of ${k}.`);
	}
	const patterns = patternsOf(input.rows.map((row) => row.attributes));
	const steps = recode(patterns, input);
	const recoded = new Map(patterns.map(({ given, told }) => [keyOf(given), [...told]]));
	blankSmallClasses(patterns, k);
	const told = new Map(patterns.map((pattern) => [keyOf(pattern.given), pattern.told]));
	const rows = input.rows.map((row) => tellRow(input, row, { told, steps }));
	const blanked = input.rows.map((row) => {
		const key = keyOf(row.attributes);
		return attributes.map((_, column) => told.get(key)?.[column] !== recoded.get(key)?.[column]);
	});
	const lostBy = (isLost: (columns: readonly boolean[]) => boolean): PartBand =>
		partBand(blanked.filter(isLost).length, rows.length);
	return {
		rows,
		steps: Object.fromEntries(
			attributes.map(({ id, coarser }, column) => {
				const step = steps[column] ?? 0;
				return [id, step > coarser.length ? null : step];
			}),
		),
		loss: {
			rows: lostBy((columns) => columns.includes(true)),
			attributes: Object.fromEntries(
				attributes.map(({ id }, column) => [id, lostBy((columns) => columns[column] === true)]),
			),
			answers: answersLost(input.rows, rows),
			sameAnswer: sameAnswers(rows, input.questions.length),
		},
	};
}

/** A row as it may be told: an answer that tells an attribute only where that is told as given. */
function tellRow(
	{ attributes, questions }: RowsInput,
	row: Row,
	{ told, steps }: { told: ReadonlyMap<string, Row['attributes']>; steps: readonly number[] },
): Row {
	const own = told.get(keyOf(row.attributes)) ?? [];
	const isExact = (id: string): boolean => {
		const column = attributes.findIndex((attribute) => attribute.id === id);
		return steps[column] === 0 && own[column] !== null;
	};
	return {
		attributes: own,
		answers: row.answers.map((answer, index) =>
			(questions[index]?.tells ?? []).every(isExact) ? answer : null,
		),
	};
}

/** The band of a part: 'none' only where there is nothing. */
export function partBand(part: number, whole: number): PartBand {
	if (part === 0) {
		return 'none';
	}
	const bands = [
		['up_to_5', 0.05],
		['up_to_10', 0.1],
		['up_to_25', 0.25],
	] as const;
	return bands.find(([, most]) => part <= most * whole)?.[0] ?? 'more';
}

function answersLost(before: readonly Row[], after: readonly Row[]): PartBand {
	const count = (rows: readonly Row[]) =>
		rows.reduce((sum, { answers }) => sum + answers.filter((a) => a !== null).length, 0);
	const given = count(before);
	return partBand(given - count(after), given);
}

/** Where a class agrees, whoever is known to be in it is known to have said so (l-diversity). */
function sameAnswers(rows: readonly Row[], questions: number): PartBand {
	const classes = [...Map.groupBy(rows, ({ attributes }) => keyOf(attributes)).values()];
	const same = classes.flatMap((members) =>
		Array.from({ length: questions }, (_, index) => {
			const answers = new Set(members.map((row) => row.answers[index] ?? null));
			return answers.size === 1 && !answers.has(null);
		}),
	);
	return partBand(same.filter(Boolean).length, same.length);
}
