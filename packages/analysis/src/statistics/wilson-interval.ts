/** A proportion's interval, both ends between 0 and 1. */
export interface Interval {
	low: number;
	high: number;
}

/** The two-sided 95 % quantile of the standard normal distribution. */
export const z95 = 1.959963984540054;

/**
 * Score interval of Wilson 1927 for x of n, without continuity correction (Newcombe 1998, method 3).
 * Throws for n below 1 or x outside 0 to n.
 *
 * @example wilsonInterval(81, 263) // { low: 0.2553, high: 0.3662 }
 */
export function wilsonInterval(x: number, n: number, z: number = z95): Interval {
	if (!(n >= 1) || !(x >= 0) || !(x <= n)) {
		throw new RangeError(`An interval needs 0 ≤ x ≤ n and n ≥ 1; got x = ${x}, n = ${n}.`);
	}
	const share = x / n;
	const square = z * z;
	const centre = (share + square / (2 * n)) / (1 + square / n);
	const half = (z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
	return {
		// At the ends the formula gives exactly 0 and 1; rounding does not.
		low: x === 0 ? 0 : Math.max(0, centre - half),
		high: x === n ? 1 : Math.min(1, centre + half),
	};
}
