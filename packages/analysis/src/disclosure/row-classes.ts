import type { RowsInput } from './rows.ts';

/** Rows with the same attributes: what was given, and what is told of it. */
export interface Pattern {
	readonly given: readonly (string | null)[];
	told: (string | null)[];
	readonly count: number;
}

/** One name per combination of values. */
export function keyOf(values: readonly (string | null)[]): string {
	return JSON.stringify(values);
}

/** The combinations of attributes that occur, in an order that does not depend on the rows'. */
export function patternsOf(rows: readonly (readonly (string | null)[])[]): Pattern[] {
	const patterns = [...Map.groupBy(rows, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
	return patterns.flatMap(([, [given = [], ...others]]) => [
		{ given, told: [...given], count: others.length + 1 },
	]);
}

/**
 * Tells attributes in coarser words, the same for all rows, until at most `mostBlanked` of them are
 * in classes below k. Each time the step that frees the most rows per bit of information lost.
 * Sets what each pattern tells.
 * @returns by attribute: 0 as given, then the coarser maps in order, and beyond them nothing.
 */
export function recode(
	patterns: readonly Pattern[],
	{ attributes, rows, k, mostBlanked }: Omit<RowsInput, 'questions'>,
): number[] {
	const steps = attributes.map(() => 0);
	const coarser = (column: number): (string | null)[] => {
		const map = attributes[column]?.coarser[steps[column] ?? 0] ?? {};
		return patterns.map(({ told }) => {
			const value = told[column] ?? null;
			return value === null ? null : (map[value] ?? null);
		});
	};
	for (;;) {
		const small = rowsIn(smallPatterns(patterns, k));
		const candidates = attributes.flatMap(({ coarser: maps }, column) =>
			(steps[column] ?? 0) > maps.length ? [] : [{ column, values: coarser(column) }],
		);
		if (small <= mostBlanked * rows.length || candidates.length === 0) {
			return steps;
		}
		const best = candidates
			.map(({ column, values }) => {
				const freed = small - rowsIn(smallPatterns(replaced(patterns, column, values), k));
				const lost =
					bits(patterns, (pattern) => pattern.told[column] ?? null) -
					bits(patterns, (_, index) => values[index] ?? null);
				return { column, values, gain: freed > 0 ? freed / lost : -lost };
			})
			.reduce((first, other) => (other.gain > first.gain ? other : first));
		patterns.forEach((pattern, index) => {
			pattern.told[best.column] = best.values[index] ?? null;
		});
		steps[best.column] = (steps[best.column] ?? 0) + 1;
	}
}

/**
 * Takes attributes from the rows in classes below k, one attribute after another, that first which
 * brings most of them into classes of k. Rows left without any attribute are joined by the
 * smallest class where they would be fewer than k.
 */
export function blankSmallClasses(patterns: readonly Pattern[], k: number): void {
	for (;;) {
		const small = new Set(smallPatterns(patterns, k));
		if (small.size === 0) {
			return;
		}
		const columns = [...small].flatMap(({ told }) =>
			told.flatMap((value, column) => (value === null ? [] : [column])),
		);
		const candidates = [...new Set(columns)].sort((a, b) => a - b);
		const left = candidates.map((column) => {
			const values = patterns.map((pattern) =>
				small.has(pattern) ? null : (pattern.told[column] ?? null),
			);
			return {
				column,
				values,
				small: rowsIn(smallPatterns(replaced(patterns, column, values), k)),
			};
		});
		const [first, ...others] = left;
		if (first === undefined) {
			blankSmallestClass(patterns);
			continue;
		}
		const best = others.reduce((a, b) => (b.small < a.small ? b : a), first);
		patterns.forEach((pattern, index) => {
			pattern.told[best.column] = best.values[index] ?? null;
		});
	}
}

/** Takes all attributes from the smallest class that still has one. */
function blankSmallestClass(patterns: readonly Pattern[]): void {
	const classes = classesOf(patterns).filter(([pattern]) =>
		pattern?.told.some((value) => value !== null),
	);
	const smallest = classes.toSorted((a, b) => rowsIn(a) - rowsIn(b))[0] ?? [];
	for (const pattern of smallest) {
		pattern.told = pattern.told.map(() => null);
	}
}

function smallPatterns<P extends Pick<Pattern, 'told' | 'count'>>(
	patterns: readonly P[],
	k: number,
): P[] {
	return classesOf(patterns)
		.filter((members) => rowsIn(members) < k)
		.flat();
}

function classesOf<P extends Pick<Pattern, 'told' | 'count'>>(patterns: readonly P[]): P[][] {
	return [...Map.groupBy(patterns, ({ told }) => keyOf(told)).values()];
}

function rowsIn(patterns: readonly Pick<Pattern, 'count'>[]): number {
	return patterns.reduce((sum, { count }) => sum + count, 0);
}

function replaced(
	patterns: readonly Pattern[],
	column: number,
	values: readonly (string | null)[],
): Pick<Pattern, 'told' | 'count'>[] {
	return patterns.map(({ told, count }, index) => ({
		told: told.with(column, values[index] ?? null),
		count,
	}));
}

/** How much a column tells: its entropy in bits per row. */
function bits(
	patterns: readonly Pattern[],
	valueOf: (pattern: Pattern, index: number) => string | null,
): number {
	const counts = new Map<string | null, number>();
	patterns.forEach((pattern, index) => {
		const value = valueOf(pattern, index);
		counts.set(value, (counts.get(value) ?? 0) + pattern.count);
	});
	const total = rowsIn(patterns);
	return [...counts.values()].reduce((sum, n) => sum - (n / total) * Math.log2(n / total), 0);
}
