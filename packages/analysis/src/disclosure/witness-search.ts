import type { DisclosureProblem } from './protected-table.ts';
import type { LinearConstraint, Polytope } from './simplex.ts';

/** An unknown number that must stay unknown. */
export interface Target {
	table: string;
	cell: string;
	terms: LinearConstraint['terms'];
	/** The least distance between its smallest and greatest possible value; 0: two whole values. */
	width: number;
}

const slack = 1e-6;

/**
 * Which targets a reader can narrow too far. Every point the linear programs visit is a possible
 * world and counts for all targets, so most are settled without a program of their own.
 */
export function findExposed(
	polytope: Polytope,
	targets: readonly Target[],
): Omit<DisclosureProblem, 'reason'>[] {
	const seen = targets.map(({ terms }) => {
		const value = polytope.valueOf(terms);
		return { low: value, high: value };
	});
	const look = (): void => {
		targets.forEach(({ terms }, index) => {
			const value = polytope.valueOf(terms);
			const range = seen[index];
			if (range !== undefined) {
				range.low = Math.min(range.low, value);
				range.high = Math.max(range.high, value);
			}
		});
	};
	return targets.flatMap((target, index) => {
		for (const sign of [1, -1] as const) {
			if (!isUnknown(seen[index], target.width)) {
				const bound = polytope.seek(target.terms, sign);
				if (!Number.isFinite(bound)) {
					return [];
				}
				look();
			}
		}
		if (isUnknown(seen[index], target.width)) {
			return [];
		}
		const { low, high } = toWhole(seen[index]);
		return [{ table: target.table, cell: target.cell, low, high }];
	});
}

function isUnknown(range: { low: number; high: number } | undefined, width: number): boolean {
	if (range === undefined) {
		return false;
	}
	const whole = toWhole(range);
	return width === 0 ? whole.high > whole.low : whole.high - whole.low >= width;
}

/** Counts are whole: the bounds move to the nearest whole numbers inside. */
function toWhole(range: { low: number; high: number } | undefined): { low: number; high: number } {
	const { low, high } = range ?? { low: 0, high: 0 };
	return { low: Math.ceil(low - slack), high: Math.floor(high + slack) };
}
