import { listed, parseClock } from './clock.ts';
import { type Column, type Columns, columnsOf } from './columns.ts';
import { type Entry, readEntries } from './entries.ts';
import { isNameLike } from './labels.ts';
import { type Reading, UnreadableError } from './transcript.ts';

export interface TableRow {
	line: number;
	cells: string[];
}

/**
 * A table as cues: its first row names the columns, in any order. Without such a row the columns are
 * told from what is in them.
 * @throws UnreadableError when no column holds words.
 */
export function readTable(rows: readonly TableRow[], reading: Reading): Reading {
	const [head] = rows;
	if (head === undefined) {
		return reading;
	}
	const named = columnsOf(head.cells);
	if (named.text === undefined) {
		const guessed = Object.keys(named).length >= 2 ? {} : columnsByContent(rows);
		if (guessed.text === undefined) {
			throw new UnreadableError(
				head.line,
				`No column holds the words: there are ${listed(head.cells.map((cell) => `“${cell}”`))}. Name the columns in the first row: start, end, speaker, text.`,
			);
		}
		readEntries(rows.map(entryAt), { columns: guessed, reading });
		return reading;
	}
	const unread = head.cells.filter(
		(cell) => cell.trim() !== '' && !Object.values(named).some(({ key }) => key === cell),
	);
	if (unread.length > 0) {
		reading.dropped.push({
			line: head.line,
			why: `Columns that are not read: ${listed(unread)}.`,
		});
	}
	const entries = rows.slice(1).map((row) => entryNamed(row, { head, named, reading }));
	readEntries(entries, { columns: named, reading });
	return reading;
}

/** True when the rows are a transcript rather than a layout. */
export function isTranscriptTable(rows: readonly TableRow[]): boolean {
	const named = columnsOf(rows[0]?.cells ?? []);
	const columns = named.text === undefined ? columnsByContent(rows) : named;
	return columns.text !== undefined && (columns.start ?? columns.speaker) !== undefined;
}

function entryAt({ line, cells }: TableRow): Entry {
	return { line, valueOf: ({ key }) => (typeof key === 'number' ? cells[key] : undefined) };
}

function entryNamed(
	{ line, cells }: TableRow,
	{ head, named, reading }: { head: TableRow; named: Columns; reading: Reading },
): Entry {
	const width = head.cells.length;
	let read = cells;
	if (cells.slice(width).some((cell) => cell.trim() !== '')) {
		reading.problems.push({
			line,
			message: `This row has ${cells.length} cells and the first row ${width}. Put words with a comma in them into quotation marks.`,
		});
		const isTextLast = named.text?.key === head.cells[width - 1];
		read = isTextLast ? [...cells.slice(0, width - 1), cells.slice(width - 1).join(', ')] : cells;
	}
	return { line, valueOf: ({ key }) => read[head.cells.indexOf(String(key))] };
}

/** Times, names and words, by what most rows hold. */
function columnsByContent(rows: readonly TableRow[]): Columns {
	const width = Math.min(100, Math.max(...rows.slice(0, 100).map(({ cells }) => cells.length)));
	const sample = rows.slice(0, 100);
	const columns = Array.from({ length: width }, (_, key) => ({
		column: { key, unitMs: null } satisfies Column,
		values: sample.map(({ cells }) => cells[key]?.trim() ?? ''),
	}));
	const times = columns.filter(({ values }) => values.every((value) => isTime(value)));
	const rest = columns.filter((column) => !times.includes(column));
	const lengthOf = (values: readonly string[]) => values.join('').length;
	const text = rest.toSorted((one, other) => lengthOf(other.values) - lengthOf(one.values))[0];
	const speaker = rest.find((column) => column !== text && column.values.every(isSpeaker));
	if (width < 2 || text === undefined || lengthOf(text.values) === 0) {
		return {};
	}
	const [start, end] = times;
	return {
		text: text.column,
		...(start !== undefined && { start: start.column }),
		...(end !== undefined && { end: end.column }),
		...(speaker !== undefined && { speaker: speaker.column }),
	};
}

function isTime(value: string): boolean {
	return typeof parseClock(value) === 'number' || /^\d+(?:[.,]\d+)?$/.test(value);
}

function isSpeaker(value: string): boolean {
	return value === '' || isNameLike(value);
}
