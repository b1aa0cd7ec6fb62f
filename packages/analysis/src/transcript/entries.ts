import { wordCount } from './assemble.ts';
import { clip, parseClock, withinLimit } from './clock.ts';
import type { Column, Columns, ColumnRole } from './columns.ts';
import { oneLine } from './cue-text.ts';
import type { Reading } from './transcript.ts';

/** A row or an object of a file: what stands in it under a column. */
export interface Entry {
	line: number;
	valueOf(column: Column): unknown;
}

/** Reads entries as cues. What one has no words is dropped; a time that is none is a problem. */
export function readEntries(
	entries: readonly Entry[],
	{ columns, reading }: { columns: Columns; reading: Reading },
): void {
	const unitMs = hasMilliseconds(entries, columns) ? 1 : 1000;
	if (unitMs === 1) {
		reading.notes.push({
			line: entries[0]?.line ?? 1,
			message: 'The times are whole numbers too large for seconds. They were read as milliseconds.',
		});
	}
	for (const entry of entries) {
		readEntry(entry, { columns, reading, unitMs });
	}
}

function readEntry(
	entry: Entry,
	{ columns, reading, unitMs }: { columns: Columns; reading: Reading; unitMs: number },
): void {
	const { line } = entry;
	const text = columns.text === undefined ? '' : oneLine(wordsOf(entry.valueOf(columns.text)));
	if (text === '') {
		reading.dropped.push({ line, why: 'An entry without words.' });
		return;
	}
	const time = (role: ColumnRole): number | null => {
		const column = columns[role];
		const value = column === undefined ? null : entry.valueOf(column);
		const ms = timeOf(value, column?.unitMs ?? unitMs);
		if (typeof ms === 'object' && ms !== null) {
			const message = `The ${role} ${ms.why}. Put the time right; the words were kept.`;
			reading.problems.push({ line, message });
			return null;
		}
		return ms;
	};
	const startMs = time('start');
	const lasting = time('duration');
	const endMs = time('end') ?? (startMs === null || lasting === null ? null : startMs + lasting);
	if (startMs !== null && endMs !== null && endMs < startMs) {
		const message = `The entry ends (${endMs / 1000} s) before it starts (${startMs / 1000} s). Put the times right; the words were kept.`;
		reading.problems.push({ line, message });
	}
	const isInOrder = startMs !== null && endMs !== null && endMs >= startMs;
	const speaker = columns.speaker === undefined ? '' : nameOf(entry.valueOf(columns.speaker));
	reading.cues.push({
		startMs,
		endMs: isInOrder ? endMs : null,
		speaker: speaker || null,
		text,
		line,
	});
}

/** `null` for no time at all. */
function timeOf(value: unknown, unitMs: number): number | null | { why: string } {
	if (value === undefined || value === null || value === '') {
		return null;
	}
	if (typeof value === 'number') {
		return withinLimit(value * unitMs, String(value));
	}
	const written = typeof value === 'string' ? value.trim() : '';
	if (written === '') {
		return typeof value === 'string'
			? null
			: { why: 'is not a time. Write seconds or 00:01:02.500' };
	}
	const amount = /^(-?\d+(?:[.,]\d+)?)\s*(ms|s|sec|seconds)?$/i.exec(written);
	if (amount !== null) {
		const unit = amount[2]?.toLowerCase();
		const own = unit === undefined ? unitMs : 1000;
		return withinLimit(Number(amount[1]?.replace(',', '.')) * (unit === 'ms' ? 1 : own), written);
	}
	return parseClock(written.replace(/^[[(]|[\])]$/g, ''));
}

/** Fewer words an hour than anybody speaks, if these whole numbers were seconds. */
function hasMilliseconds(entries: readonly Entry[], { start, end, text }: Columns): boolean {
	if (start === undefined || text === undefined || start.unitMs !== null) {
		return false;
	}
	let words = 0;
	let lastValue = 0;
	let spoken = 0;
	for (const entry of entries) {
		const from = wholeNumber(entry.valueOf(start));
		const to = end === undefined ? from : wholeNumber(entry.valueOf(end));
		if (from === null || to === null) {
			return false;
		}
		words += wordCount(wordsOf(entry.valueOf(text)));
		spoken += Math.max(0, to - from);
		lastValue = Math.max(lastValue, from, to);
	}
	return words > 0 && words < (spoken || lastValue) * 0.05;
}

function wholeNumber(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

/** Words as a string, or as a list of words with their own times. */
function wordsOf(value: unknown): string {
	if (Array.isArray(value)) {
		return value
			.map((each) => wordsOf(isRecord(each) ? (each['text'] ?? each['word']) : each))
			.join(' ');
	}
	return typeof value === 'string' ? value : '';
}

function nameOf(value: unknown): string {
	if (isRecord(value)) {
		return nameOf(value['name'] ?? value['label'] ?? value['id']);
	}
	return typeof value === 'string' || typeof value === 'number' ? oneLine(clip(String(value))) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
