import { type Columns, columnsOf } from './columns.ts';
import { readEntries } from './entries.ts';
import { parseJsonWithLines } from './json-parse.ts';
import { listed } from './clock.ts';
import { readText } from './text.ts';
import { emptyReading, type Reading, UnreadableError } from './transcript.ts';

type JsonObject = Record<string, unknown>;

/** Objects found under one path, those of a list in a list together. */
interface EntryList {
	path: string;
	objects: JsonObject[];
	columns: Columns;
}

const MOST_LEVELS = 8;

/**
 * JSON of speech services and discussion tools: somewhere in it is a list of objects with words, and
 * with times and speakers under names of their own. JSON Lines too.
 */
export function readJson(text: string): Reading {
	const { values, lineOf } = parseJsonWithLines(text);
	const root = values.length === 1 ? values[0] : values;
	if (Array.isArray(root) && root.length > 0 && root.every((each) => typeof each === 'string')) {
		return readText(root.map((each, index) => ({ text: each, line: index + 1 })));
	}
	const lists = new Map<string, EntryList>();
	collect(root, { path: '', level: 0, lists });
	const [best] = [...lists.values()].filter(isTranscript).sort(byWorth);
	if (best === undefined) {
		throw new UnreadableError(
			1,
			'No list in this file holds entries with words. It should hold a list like [{"start": 1.5, "end": 4, "speaker": "Voice A", "text": "…"}].',
		);
	}
	const reading = emptyReading();
	reportUnread(best, { lists, line: lineOf(best.objects[0] ?? {}), reading });
	const entries = best.objects.map((object) => ({
		line: lineOf(object),
		valueOf: ({ key }: { key: number | string }) => object[key],
	}));
	readEntries(entries, { columns: best.columns, reading });
	return reading;
}

function collect(
	value: unknown,
	given: { path: string; level: number; lists: Map<string, EntryList> },
): void {
	const { path, level, lists } = given;
	if (level > MOST_LEVELS) {
		return;
	}
	if (Array.isArray(value)) {
		collectList(value.filter(isObject), { path, level, lists });
	} else if (isObject(value)) {
		for (const [name, field] of Object.entries(value)) {
			const below = path === '' ? name : `${path}.${name}`;
			collect(field, { path: below, level: level + 1, lists });
		}
	}
}

function collectList(
	objects: readonly JsonObject[],
	{ path, level, lists }: { path: string; level: number; lists: Map<string, EntryList> },
): void {
	const known = lists.get(path);
	const columns = known?.columns ?? columnsOf(namesOf(objects));
	if (columns.text !== undefined) {
		const list = known ?? { path, objects: [], columns };
		lists.set(path, list);
		for (const object of objects) {
			list.objects.push(object);
		}
		return;
	}
	for (const object of objects) {
		collect(object, { path, level: level + 1, lists });
	}
}

function namesOf(objects: readonly JsonObject[]): string[] {
	return [...new Set(objects.slice(0, 50).flatMap((object) => Object.keys(object)))];
}

function isTranscript({ objects, columns }: EntryList): boolean {
	const { text } = columns;
	const isWords = (value: unknown) => typeof value === 'string' || Array.isArray(value);
	return text !== undefined && objects.some((object) => isWords(object[text.key]));
}

/** Times first, then speakers, then as many words as possible: no list of single words. */
function byWorth(one: EntryList, other: EntryList): number {
	return (
		Number(other.columns.start !== undefined) - Number(one.columns.start !== undefined) ||
		Number(other.columns.speaker !== undefined) - Number(one.columns.speaker !== undefined) ||
		lengthOf(other) - lengthOf(one)
	);
}

function lengthOf({ objects, columns: { text } }: EntryList): number {
	return objects.reduce((sum, object) => {
		const words = text === undefined ? '' : object[text.key];
		return sum + (typeof words === 'string' ? words.length : 0);
	}, 0);
}

function reportUnread(
	{ path, objects, columns }: EntryList,
	{ lists, line, reading }: { lists: Map<string, EntryList>; line: number; reading: Reading },
): void {
	const read = new Set(Object.values(columns).map(({ key }) => key));
	const unread = namesOf(objects).filter((name) => !read.has(name));
	if (unread.length > 0) {
		reading.dropped.push({ line, why: `Fields that are not read: ${listed(unread)}.` });
	}
	const others = [...lists.keys()].filter((each) => each !== path);
	if (others.length > 0) {
		const why = `Only the list “${path}” is read; there are also ${listed(others.map((each) => `“${each}”`))}.`;
		reading.dropped.push({ line, why });
	}
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
