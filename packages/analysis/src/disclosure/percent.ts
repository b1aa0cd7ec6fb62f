import type { Cell, Figure } from '../charts/model.ts';
import type { DisclosureParams } from './params.ts';

/** How figures of a base of this size are shown. The table is fixed: it is part of the rules. */
export interface EdgeBand {
	nMin: number;
	/** Null: no upper end. */
	nMax: number | null;
	/** Shares up to this many percent, and within it of 100, are shown as an end. */
	edge: number;
	middle: 'interval' | 'whole';
}

/** The fixed edge bands, by the figure's own base. The first also serves a minN below 10. */
export const edgeBands: readonly EdgeBand[] = [
	{ nMin: 10, nMax: 19, edge: 20, middle: 'interval' },
	{ nMin: 20, nMax: 39, edge: 10, middle: 'interval' },
	{ nMin: 40, nMax: 99, edge: 5, middle: 'whole' },
	{ nMin: 100, nMax: 299, edge: 2, middle: 'whole' },
	{ nMin: 300, nMax: null, edge: 1, middle: 'whole' },
];

/** A percentage in the words that may be shown, and the band its base lies in. */
export interface ShownPercent {
	/** 'n<10', '≥80%', '50–59%', '56%'. */
	display: string;
	/** '<10', '10-19', '300+'. */
	nBand: string;
	/** Null below minN. Its bounds are those the words state, never the raw share. */
	figure: Figure | null;
}

/** The edge band of a base of n people (n at least 1). */
export function edgeBandOf(n: number): EdgeBand {
	const band = edgeBands.find(({ nMax }) => nMax === null || n <= nMax);
	if (band === undefined) {
		throw new RangeError(`No edge band holds n = ${n}; n must be a number of people.`);
	}
	return band;
}

/** The band shown instead of a group's n: '<10' below minN, then '10-19' up to '300+'. */
export function nBand(n: number, params: DisclosureParams): string {
	if (n < params.minN) {
		return `<${params.minN}`;
	}
	const { low, high } = bandBounds(n, params);
	return high === null ? `${low}+` : `${low}-${high}`;
}

/**
 * x of n people as it may be shown: ends by the edge band of n, the middle as a 10-point interval
 * below n = 40 and as a whole percent (half up) from there, nothing below minN.
 *
 * @example showPercent(7, 12, surveyParams).display // '50–59%'
 */
export function showPercent(x: number, n: number, params: DisclosureParams): ShownPercent {
	checkCounts(x, n);
	if (n < params.minN) {
		return { display: `n<${params.minN}`, nBand: nBand(n, params), figure: null };
	}
	const figure = shownFigure(x, n);
	return { display: figure.text, nBand: nBand(n, params), figure };
}

/** x of n people as a chart cell: hidden below minN. */
export function showCell(x: number, n: number, params: DisclosureParams): Cell {
	const { figure } = showPercent(x, n, params);
	return figure === null ? { type: 'hidden' } : { type: 'shown', figure };
}

function shownFigure(x: number, n: number): Figure {
	const { edge, middle } = edgeBandOf(n);
	if (100 * x <= edge * n) {
		return { text: `≤${edge}%`, low: 0, high: edge };
	}
	if (100 * (n - x) <= edge * n) {
		return { text: `≥${100 - edge}%`, low: 100 - edge, high: 100 };
	}
	if (middle === 'whole') {
		const percent = Math.floor((200 * x + n) / (2 * n));
		return { text: `${percent}%`, low: percent, high: percent };
	}
	const tens = Math.floor((10 * x) / n) * 10;
	const low = Math.max(tens, edge + 1);
	const high = tens + 9;
	return { text: `${low}–${high}%`, low, high };
}

function bandBounds(n: number, params: DisclosureParams): { low: number; high: number | null } {
	const { nMin, nMax } = edgeBandOf(n);
	if (n < nMin) {
		return { low: params.minN, high: nMin - 1 };
	}
	return { low: Math.max(nMin, params.minN), high: nMax };
}

function checkCounts(x: number, n: number): void {
	if (!Number.isInteger(x) || !Number.isInteger(n) || x < 0 || x > n) {
		throw new RangeError(`A share needs whole numbers 0 ≤ x ≤ n; got x = ${x}, n = ${n}.`);
	}
}
