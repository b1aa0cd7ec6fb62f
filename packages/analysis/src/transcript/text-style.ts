import { isNameLike, speakersAmong } from './labels.ts';
import type { LineKind } from './text-lines.ts';

/** How a whole file is written; a line alone does not tell. */
export interface TextStyle {
	/** False: times at the head of a few lines are something said ('8:30 is too early'). */
	hasTimes: boolean;
	/** Labels that are speakers. */
	speakers: ReadonlySet<string>;
	/** `00:00:03 Voice A` with the words below it. */
	hasNameAfterTime: boolean;
	/** `0:0:3 --> 0:0:7`, the name below, the words below that. */
	hasNameBelowTime: boolean;
	/** The speaker stands above the words, so colons in the words mean nothing. */
	hasHeaders: boolean;
}

/** Lines that are not blank, in order. */
export function styleOf(lines: readonly LineKind[]): TextStyle {
	const timed = lines.filter(({ type }) => type !== 'words').length;
	const isOften = timed * 2 >= lines.length || (timed >= 2 && timed * 20 >= lines.length);
	const hasTimes = timed > 0 && (isOften || lines[0]?.type !== 'words');
	const headers = lines.filter(({ type }) => type === 'header').length;
	const hasNameAfterTime = isUsual(lines, isNameAfterTime, isBareTimed);
	const hasNameBelowTime = isUsual(lines, isNameBelowTime, ({ type }) => type === 'time');
	return {
		hasTimes,
		speakers: speakersOf(lines, hasTimes),
		hasNameAfterTime,
		hasNameBelowTime,
		hasHeaders: headers * 2 > timed || hasNameAfterTime || hasNameBelowTime,
	};
}

function speakersOf(lines: readonly LineKind[], hasTimes: boolean): ReadonlySet<string> {
	const spoken = lines.filter(({ type }) => type === 'words' || (type === 'timed' && hasTimes));
	const labels = spoken.flatMap((line) =>
		(line.type === 'words' || line.type === 'timed') && line.label !== null
			? [line.label.speaker]
			: [],
	);
	return speakersAmong(labels, { lines: spoken.length, isCaption: false });
}

/** True when four of five lines of a sort are followed as `is` says. */
function isUsual(
	lines: readonly LineKind[],
	is: (lines: readonly LineKind[], at: number) => boolean,
	isOfSort: (line: LineKind) => boolean,
): boolean {
	let all = 0;
	let usual = 0;
	for (const [at, line] of lines.entries()) {
		if (isOfSort(line)) {
			all++;
			usual += is(lines, at) ? 1 : 0;
		}
	}
	return all > 0 && usual * 5 >= all * 4;
}

function isBareTimed(line: LineKind): boolean {
	return line.type === 'timed' && (line.label === null || line.label.rest === '');
}

function isNameAfterTime(lines: readonly LineKind[], at: number): boolean {
	const line = lines[at];
	return line?.type === 'timed' && isNameLike(nameOf(line.rest)) && lines[at + 1]?.type === 'words';
}

function isNameBelowTime(lines: readonly LineKind[], at: number): boolean {
	const [name, words] = [lines[at + 1], lines[at + 2]];
	return name?.type === 'words' && isNameLike(nameOf(name.text)) && words?.type === 'words';
}

/** A name alone on its line, without the colon it may end with. */
export function nameOf(text: string): string {
	return text.replace(/\s*[:：]$/u, '');
}
