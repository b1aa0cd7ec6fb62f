/**
 * How fast redaction is with the roster of a whole school, and what it finds of the marked turns:
 * `npm run bench -- redaction`.
 */
import { measureRedaction, redact } from '@throughline/analysis/text';
import { largeRoster, MARKED_TURNS, ROSTER } from './redaction-cases.ts';
import type { BenchRow } from './suggestions.ts';

const NAMES = 3_000;
const TURNS = 5_000;
const RUNS = 5;
/** 5,000 turns a second. */
const LIMIT_MS = 200;
const MOST_MISSED = 3;
const MOST_WRONG = 5;

/** The time of a thousand turns, and the share of misses and of wrong suggestions in each half. */
export function benchRedaction(): BenchRow[] {
	return [
		speed(),
		...(['develop', 'held'] as const).flatMap((half) => [
			...accuracy(half, 'with the roster', ROSTER),
			...accuracy(half, 'without a roster', []),
		]),
	];
}

function speed(): BenchRow {
	const names = largeRoster(NAMES);
	const texts = MARKED_TURNS.map(({ text }) => text);
	// Three of the marked turns are as long as an average turn of a talk.
	const turns = Array.from({ length: TURNS }, (_, at) =>
		[0, 1, 2].map((step) => texts[(at * 3 + step) % texts.length] ?? '').join(' '),
	);
	const runs = Array.from({ length: RUNS }, () => {
		const start = process.cpuUsage();
		for (const turn of turns) {
			redact(turn, { names, language: 'en' });
		}
		const { user, system } = process.cpuUsage(start);
		return (user + system) / TURNS;
	});
	const figure = runs.toSorted((one, other) => one - other)[(RUNS - 1) / 2] ?? Number.NaN;
	const length = turns.reduce((sum, turn) => sum + turn.length, 0) / TURNS;
	return {
		name: `redact 1,000 turns, roster of ${NAMES.toLocaleString('en')} names`,
		figure,
		unit: 'CPU ms',
		limit: LIMIT_MS,
		note: `${(1_000_000 / figure).toFixed(0)} turns a second, ${length.toFixed(0)} characters each`,
	};
}

function accuracy(half: 'develop' | 'held', how: string, names: readonly string[]): BenchRow[] {
	const measure = measureRedaction(
		MARKED_TURNS.filter((turn) => turn.half === half),
		({ text, language }) => redact(text, { names, language }).redactions,
	);
	const { recall, precision } = measure.all.overlap;
	const name = `${half} half, ${how}`;
	return [
		{ name: `${name}: missed`, figure: (1 - recall) * 100, unit: '%', limit: MOST_MISSED },
		{ name: `${name}: wrong`, figure: (1 - precision) * 100, unit: '%', limit: MOST_WRONG },
	];
}
