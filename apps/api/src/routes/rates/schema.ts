import type { ShownRate } from '@throughline/analysis/disclosure';

/** Response rates of a window as they stood when the day's record was made. Nothing is live. */
export interface RatesView {
	window: { id: string; label: string; status: string };
	/** The calendar date of the newest record; null before the first. */
	asOf: string | null;
	minN: number;
	all: ShownRate | null;
	sites: {
		key: string;
		name: string;
		rate: ShownRate;
		grades: { grade: string; rate: ShownRate }[];
	}[];
}

/** Windows that have rates or will have them. */
export interface RateWindows {
	windows: { id: string; label: string; status: string }[];
}

export { windowParam as rateParam } from '../windows/schema.ts';
