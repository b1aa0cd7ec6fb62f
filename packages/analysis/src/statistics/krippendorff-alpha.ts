import type { Interval } from './wilson-interval.ts';

/** The values coders gave one unit; null where a coder did not code it. Order is of no matter. */
export type UnitValues = readonly (string | number | null)[];

/** Agreement beyond chance, or why there is none to speak of. */
export type Alpha =
	| {
			type: 'alpha';
			/** 1: complete agreement; 0: as by chance; below: worse than chance. */
			alpha: number;
			/** The share of coder pairs that agree. */
			agreement: number;
			unitsUsed: number;
			/** Units with fewer than two values. */
			unitsDropped: number;
	  }
	| {
			type: 'undefined';
			/** No unit was coded twice, or every value is the same. */
			reason: 'no_double_coded_units' | 'one_value_only';
			unitsUsed: number;
			unitsDropped: number;
	  };

/**
 * Krippendorff's alpha for nominal data with missing values (Krippendorff 2011, "Computing
 * Krippendorff's alpha-reliability", section C): 1 - observed / expected disagreement over the
 * coincidences of all pairable values. Where all coders used one value it is undefined, not 1.
 */
export function krippendorffAlpha(units: readonly UnitValues[]): Alpha {
	return alphaOf(units.map(pairUp));
}

/** How `bootstrapAlpha` resamples. `random` gives numbers from 0 up to but not including 1. */
export interface BootstrapOptions {
	random: () => number;
	/** Resamples; 2000 unless given. */
	draws?: number;
	/** The part of resamples inside the interval; 0.95 unless given. */
	confidence?: number;
}

/**
 * Percentile interval of alpha over resampled units. Resamples in which alpha is undefined (all one
 * value) are drawn again, at most as many times as there are draws. Null where alpha is undefined.
 */
export function bootstrapAlpha(
	units: readonly UnitValues[],
	{ random, draws = 2000, confidence = 0.95 }: BootstrapOptions,
): Interval | null {
	const pairable = units.map(pairUp).filter((unit) => unit.total > 1);
	if (alphaOf(pairable).type === 'undefined') {
		return null;
	}
	const found: number[] = [];
	for (let attempt = 0; attempt < 2 * draws && found.length < draws; attempt += 1) {
		const sample = pairable.flatMap(() => {
			const unit = pairable[Math.floor(random() * pairable.length)];
			return unit === undefined ? [] : [unit];
		});
		const result = alphaOf(sample);
		if (result.type === 'alpha') {
			found.push(result.alpha);
		}
	}
	found.sort((a, b) => a - b);
	const tail = (1 - confidence) / 2;
	return { low: quantile(found, tail), high: quantile(found, 1 - tail) };
}

/** How often each value was given to one unit. */
interface PairedUnit {
	counts: Map<string | number, number>;
	total: number;
}

function pairUp(values: UnitValues): PairedUnit {
	const counts = new Map<string | number, number>();
	for (const value of values) {
		if (value !== null) {
			counts.set(value, (counts.get(value) ?? 0) + 1);
		}
	}
	return { counts, total: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

function alphaOf(units: readonly PairedUnit[]): Alpha {
	const pairable = units.filter(({ total }) => total > 1);
	const sizes = { unitsUsed: pairable.length, unitsDropped: units.length - pairable.length };
	if (pairable.length === 0) {
		return { type: 'undefined', reason: 'no_double_coded_units', ...sizes };
	}
	const marginals = new Map<string | number, number>();
	let n = 0;
	let agreeing = 0;
	for (const { counts, total } of pairable) {
		n += total;
		for (const [value, count] of counts) {
			marginals.set(value, (marginals.get(value) ?? 0) + count);
			agreeing += (count * (count - 1)) / (total - 1);
		}
	}
	if (marginals.size === 1) {
		return { type: 'undefined', reason: 'one_value_only', ...sizes };
	}
	const samePairs = [...marginals.values()].reduce((sum, count) => sum + count * (count - 1), 0);
	const observed = 1 - agreeing / n;
	const expected = 1 - samePairs / (n * (n - 1));
	return { type: 'alpha', alpha: 1 - observed / expected, agreement: agreeing / n, ...sizes };
}

/** Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: readonly number[], part: number): number {
	const position = (sorted.length - 1) * part;
	const below = sorted[Math.floor(position)] ?? Number.NaN;
	const above = sorted[Math.ceil(position)] ?? Number.NaN;
	return below + (position - Math.floor(position)) * (above - below);
}
