import type { Figure, PeopleCount } from '../charts/model.ts';
import { edgeBandOf, showPercent } from './percent.ts';
import { surveyParams } from './params.ts';
import type { LinearConstraint } from './simplex.ts';

/** Bounds on a count: whole numbers, `high` may be infinite. */
export interface CountBounds {
	low: number;
	high: number;
}

/** What a reader learns of a number of people from how it is shown. */
export function impliedPeople(people: PeopleCount | { type: 'hidden' }): CountBounds {
	if (people.type === 'hidden') {
		return { low: 0, high: Infinity };
	}
	if (people.type === 'exact') {
		return { low: people.n, high: people.n };
	}
	const [, below, low, high] = /^(?:<(\d+)|(\d+)(?:-(\d+)|\+))$/.exec(people.band) ?? [];
	if (below !== undefined) {
		return { low: 0, high: Number(below) - 1 };
	}
	if (low === undefined) {
		throw new RangeError(`'${people.band}' is not a band; bands read '<10', '10-19', '300+'.`);
	}
	return { low: Number(low), high: high === undefined ? Infinity : Number(high) };
}

/** A share's bounds as fractions of 200; strict ones exclude the bound itself. */
interface ShareBounds {
	low: number;
	isLowStrict: boolean;
	high: number;
	isHighStrict: boolean;
}

/** What a reader learns of a share from the words of its figure, the edge of its base known. */
function impliedShare({ low, high }: Figure, edge: number): ShareBounds {
	const isEnd = low === 0 || high === 100;
	if (isEnd) {
		return { low: 2 * low, isLowStrict: false, high: 2 * high, isHighStrict: false };
	}
	// What lies at or beyond an edge would have been shown as an end: '21–29%', and '5%' above '≤5%'.
	const isWhole = low === high;
	const touchesLow = isWhole ? low === edge : low === edge + 1;
	const touchesHigh = isWhole && high === 100 - edge;
	const half = isWhole ? 1 : 0;
	return {
		low: touchesLow ? 2 * edge : 2 * low - half,
		isLowStrict: touchesLow,
		high: touchesHigh ? 2 * high : 2 * high + 2 - half,
		isHighStrict: true,
	};
}

/**
 * The figure as two inequalities between the people who chose (`chosen`, variables) and all people
 * of the row (`base`), whose band has this edge. Whole counts tighten a strict bound a·X < b·N to a·X ≤ b·N - gcd(a, b).
 */
export function shareConstraints(
	figure: Figure,
	{ chosen, base, edge }: { chosen: readonly number[]; base: readonly number[]; edge: number },
): LinearConstraint[] {
	const { low, isLowStrict, high, isHighStrict } = impliedShare(figure, edge);
	const terms = (share: number): [number, number][] => [
		...chosen.map((variable): [number, number] => [variable, 1]),
		...base.map((variable): [number, number] => [variable, -share / 200]),
	];
	const gap = (share: number, isStrict: boolean): number => (isStrict ? gcd(200, share) / 200 : 0);
	return [
		{ terms: terms(low), low: gap(low, isLowStrict), high: Infinity },
		{ terms: terms(high), low: -Infinity, high: -gap(high, isHighStrict) },
	];
}

/** The counts of exactly n people that read as this figure. */
export function impliedCounts(figure: Figure, n: number): CountBounds {
	const bounds = impliedShare(figure, edgeBandOf(n).edge);
	const reads = (x: number): boolean =>
		showPercent(x, n, { ...surveyParams, minN: 1 }).display === figure.text;
	let low = Math.max(0, Math.floor((bounds.low * n) / 200) - 1);
	let high = Math.min(n, Math.ceil((bounds.high * n) / 200) + 1);
	while (low < high && !reads(low)) {
		low += 1;
	}
	while (high > low && !reads(high)) {
		high -= 1;
	}
	return { low, high };
}

function gcd(a: number, b: number): number {
	return b === 0 ? a : gcd(b, a % b);
}
