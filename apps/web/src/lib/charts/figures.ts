import type { Cell, Figure, PeopleCount } from '@throughline/analysis/charts';
import { formatNumber, text } from '#lib/i18n/text.ts';
import type { Language } from '#lib/i18n/languages.ts';

/** The part of a cell that may be drawn; nothing where it is hidden. */
export function figureOf(cell: Cell): Figure | null {
	return cell.type === 'shown' ? cell.figure : null;
}

/** True when the words state one number, not a range such as `50–59%`. */
export function isPoint(figure: Figure): boolean {
	return figure.low === figure.high;
}

/** The end of a scale from 0 that holds every figure: the highest bound, rounded up to 10. */
export function scaleEnd(figures: readonly (Figure | null)[]): number {
	const highest = Math.max(0, ...figures.map((figure) => figure?.high ?? 0));
	return Math.min(100, Math.max(10, Math.ceil(highest / 10) * 10));
}

export type HeatStep = 1 | 2 | 3 | 4 | 5 | 'open';

/**
 * The step of a figure in a heat table: under 10, 10–19, 20–34, 35–49, 50 or more; `open` where
 * its range reaches over several, so that `≤20%` does not look like more than `9%`.
 */
export function heatStep({ low, high }: Figure): HeatStep {
	const step = stepOf(low);
	return step === stepOf(high) ? step : 'open';
}

function stepOf(share: number): 1 | 2 | 3 | 4 | 5 {
	if (share < 10) {
		return 1;
	}
	if (share < 20) {
		return 2;
	}
	if (share < 35) {
		return 3;
	}
	return share < 50 ? 4 : 5;
}

/** `part` of `whole` as a CSS percentage. */
export function percent(part: number, whole: number): string {
	return `${Math.round((10_000 * part) / whole) / 100}%`;
}

/** Keeps `50–59%` in its order inside a sentence that runs from right to left. */
export function isolate(words: string): string {
	return `\u2066${words}\u2069`;
}

/** A cell in words: its figure, or 'Not shown'. */
export function cellWords(cell: Cell, language: Language): string {
	return cell.type === 'shown'
		? isolate(cell.figure.text)
		: text('public', language)('chart.hidden');
}

/** How many people, in words. */
export function peopleWords(people: PeopleCount | { type: 'hidden' }, language: Language): string {
	const t = text('public', language);
	switch (people.type) {
		case 'exact':
			return t('chart.people', { count: people.n, number: formatNumber(people.n, language) });
		case 'band':
			return t('chart.band', { band: isolate(people.band.replace('-', '–')) });
		case 'hidden':
			return t('chart.hidden');
	}
}
