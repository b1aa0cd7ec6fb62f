import type { DisclosureProblem } from './protected-table.ts';
import type { LinearConstraint, Polytope } from './simplex.ts';

/** An unknown number that must stay unknown. */
export interface Target {
	table: string;
	cell: string;
	terms: LinearConstraint['terms'];
	/** What must stay possible: values this far apart, two whole values, or one that is not zero. */
	need: { type: 'width'; width: number } | { type: 'two_values' } | { type: 'not_zero' };
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
			if (!isUnknown(seen[index], target.need)) {
				const bound = polytope.seek(target.terms, sign);
				if (!Number.isFinite(bound)) {
					return [];
				}
				look();
			}
		}
		if (isUnknown(seen[index], target.need)) {
			return [];
		}
		const { low, high } = toWhole(seen[index]);
		return [{ table: target.table, cell: target.cell, low, high }];
	});
}

function isUnknown(
	range: { low: number; high: number } | undefined,
	need: Target['need'],
): boolean {
	const { low, high } = toWhole(range);
	switch (need.type) {
		case 'width':
			return high - low >= need.width;
		case 'two_values':
			return high > low;
		case 'not_zero':
			return high >= 1;
	}
}

/** Counts are whole: the bounds move to the nearest whole numbers inside. */
function toWhole(range: { low: number; high: number } | undefined): { low: number; high: number } {
	const { low, high } = range ?? { low: 0, high: 0 };
	// The addition turns -0 into 0.
	return { low: Math.ceil(low - slack) + 0, high: Math.floor(high + slack) + 0 };
}
