import { describe, expect, it } from 'vitest';
import { readTranscript } from './read-transcript.ts';
import { TRANSCRIPT_LIMITS, type TranscriptFormat } from './transcript.ts';

function read(text: string, format?: TranscriptFormat) {
	return readTranscript(new TextEncoder().encode(text), { format });
}

const T = '00:00:01.000 --> 00:00:02.000';
const S = '00:00:01,000 --> 00:00:02,000';

interface Case {
	is: string;
	format: TranscriptFormat;
	text: string;
	/** Every problem: its line, and words of its message. */
	problems: [number, RegExp][];
	/** How many cues are kept all the same. */
	cues: number;
}

const CASES: readonly Case[] = [
	{
		is: 'no header',
		format: 'webvtt',
		text: `1\n${T}\nYes.`,
		problems: [[1, /begins with the line “WEBVTT”/]],
		cues: 1,
	},
	{
		is: 'an arrow of one dash',
		format: 'webvtt',
		text: `WEBVTT\n\n1\n00:00:01.000 -> 00:00:02.000\nNo.\n\n${T}\nYes.`,
		problems: [[4, /times of the cue, but there is “00:00:01.000 -> 00:00:02.000”/]],
		cues: 1,
	},
	{
		is: 'an end before its start',
		format: 'webvtt',
		text: `WEBVTT\n\n${T}\nYes.\n\n00:00:09.000 --> 00:00:08.000\nKept.`,
		problems: [[6, /ends \(00:00:08.000\) before it starts/]],
		cues: 2,
	},
	{
		is: 'minutes above 59',
		format: 'webvtt',
		text: `WEBVTT\r\n\r\n00:61:00.000 --> 00:62:00.000\r\nNo.`,
		problems: [[3, /start “00:61:00.000” is not a time: minutes and seconds go from 00 to 59/]],
		cues: 0,
	},
	{
		is: 'minutes above 59 and no hours',
		format: 'webvtt',
		text: 'WEBVTT\n\n61:00.000 --> 62:00.000\nNo.',
		problems: [[3, /more than 59 minutes and no hours/]],
		cues: 0,
	},
	{
		is: 'letters in the end',
		format: 'webvtt',
		text: 'WEBVTT\n\nid\n00:00:01.000 --> 00:0x:02.000\nNo.',
		problems: [[4, /end “00:0x:02.000” is not a time/]],
		cues: 0,
	},
	{
		is: 'no end',
		format: 'webvtt',
		text: 'WEBVTT\n\n00:00:01.000 -->\nNo.',
		problems: [[3, /time is missing/]],
		cues: 0,
	},
	{
		is: 'commas in the times',
		format: 'webvtt',
		text: `WEBVTT\n\n${S}\nYes.`,
		problems: [[3, /written with “,” where WebVTT has “\.”/]],
		cues: 1,
	},
	{
		is: 'words without times',
		format: 'webvtt',
		text: `WEBVTT\n\n${T}\nYes.\n\nlost words\nmore of them\n\n${T}\nYes.`,
		problems: [[7, /times of the cue, but there is “more of them”/]],
		cues: 2,
	},
	{
		is: 'no empty line between cues',
		format: 'webvtt',
		text: `WEBVTT\n\n1\n${T}\nYes.\n2\n${T}\nYes.`,
		problems: [[6, /an empty line is missing/]],
		cues: 2,
	},
	{
		is: 'an hour past every limit',
		format: 'webvtt',
		text: 'WEBVTT\n\n9999:00:00.000 --> 9999:00:01.000\nNo.',
		problems: [[3, /later than 500 hours/]],
		cues: 0,
	},
	{
		is: 'no arrow',
		format: 'srt',
		text: `1\n${S}\nYes.\n\n2\n00:00:03,000 00:00:04,000\nNo.\n\n3\n${S}\nYes.`,
		problems: [[6, /there is “00:00:03,000 00:00:04,000”/]],
		cues: 2,
	},
	{
		is: 'letters for a time',
		format: 'srt',
		text: `1\n${S}\nYes.\n\n2\nsoon --> later\nNo.`,
		problems: [[6, /start “soon” is not a time/]],
		cues: 1,
	},
	{
		is: 'words before the first cue',
		format: 'srt',
		text: `Circle of May\n\n1\n${S}\nYes.`,
		problems: [[1, /“Circle of May” stands before the first cue/]],
		cues: 1,
	},
	{
		is: 'nothing but words',
		format: 'srt',
		text: 'No.',
		problems: [[1, /stands before the first cue/]],
		cues: 0,
	},
	{
		is: 'a wrong time at the head of a line',
		format: 'text',
		text: '[00:01] Voice A: Yes.\n[00:75] Voice B: Kept.\n[00:03] Voice A: Yes.',
		problems: [[2, /“00:75” is not a time/]],
		cues: 3,
	},
	{
		is: 'an open quotation mark',
		format: 'csv',
		text: 'start,end,text\n1,2,Yes.\n2,3,"No.\n3,4,No.',
		problems: [[3, /opens a cell here and is never closed/]],
		cues: 0,
	},
	{
		is: 'commas in words without quotation marks',
		format: 'csv',
		text: 'start,end,text\n1,2,Yes, all of it.\n2,3,Yes.',
		problems: [[2, /4 cells and the first row 3/]],
		cues: 2,
	},
	{
		is: 'times that are none',
		format: 'csv',
		text: 'start,end,speaker,text\n1,2,A,"Two\nlines."\nlater,9,B,Kept.\n-4,3,B,Kept.\n9,7,A,Kept.',
		problems: [
			[4, /start “later” is not a time/],
			[5, /start “-4” is before the beginning/],
			[6, /ends \(7 s\) before it starts \(9 s\)/],
		],
		cues: 4,
	},
	{
		is: 'no column of words',
		format: 'csv',
		text: 'start,end,speaker\n1,2,Voice A',
		problems: [[1, /No column holds the words: there are “start”, “end”, “speaker”/]],
		cues: 0,
	},
	{
		is: 'a comma missing',
		format: 'json',
		text: '[\n{"start": 1, "end": 2, "text": "a"}\n{"start": 2, "end": 3, "text": "b"}\n]',
		problems: [[3, /not JSON: Here should be “,” or “]” after a value/]],
		cues: 0,
	},
	{
		is: 'a string that is not closed',
		format: 'json',
		text: '[\n{"start": 1,\n"text": "a}\n]',
		problems: [[3, /string is not closed/]],
		cues: 0,
	},
	{
		is: 'cut off',
		format: 'json',
		text: '{"segments": [\n{"start": 1,',
		problems: [[2, /Here should be the name of a field/]],
		cues: 0,
	},
	{
		is: 'no list of words',
		format: 'json',
		text: '{"status": "queued"}',
		problems: [[1, /No list in this file holds entries with words/]],
		cues: 0,
	},
	{
		is: 'too deep',
		format: 'json',
		text: `\n${'['.repeat(100_000)}`,
		problems: [[2, /more than 64 levels/]],
		cues: 0,
	},
	{
		is: 'a time that is none',
		format: 'json',
		text: '[{"start": 1, "text": "Yes."},\n{"start": "x", "text": "Kept."},\n{"start": [3], "text": "Kept."}]',
		problems: [
			[2, /start “x” is not a time/],
			[3, /start is not a time/],
		],
		cues: 3,
	},
	{ is: 'nothing', format: 'text', text: ' \n\n', problems: [[1, /no words/]], cues: 0 },
];

describe('a malformed file names the line and what to do', () => {
	it.each(CASES)('$format with $is', ({ format, text, problems, cues }) => {
		const transcript = read(text, format);
		expect(transcript.problems.map(({ line }) => line)).toEqual(problems.map(([line]) => line));
		transcript.problems.forEach(({ message }, index) => {
			expect(message).toMatch(problems[index]?.[1] ?? /^$/);
		});
		expect(transcript.cues).toHaveLength(cues);
	});
});

describe('a file that is no text', () => {
	const bytes = (...values: number[]) => Uint8Array.from(values);
	it.each([
		['empty', bytes(), 1, /empty/],
		['Latin-1 on its third line', bytes(97, 10, 98, 13, 10, 0xe9, 10), 3, /not UTF-8/],
		['UTF-16 without a mark', bytes(97, 0, 10, 0, 98, 0), 1, /NUL/],
		['half UTF-16', bytes(0xff, 0xfe, 97, 0, 0x00, 0xd8, 97, 0), 1, /UTF-16 and is not/],
		['XML', new TextEncoder().encode('<?xml version="1.0"?><tt/>'), 1, /TTML/],
		['PDF', bytes(0x25, 0x50, 0x44, 0x46, 0x2d), 1, /a PDF/],
		['WebM', bytes(0x1a, 0x45, 0xdf, 0xa3), 1, /a WebM recording/],
		[
			'too large',
			new Uint8Array(TRANSCRIPT_LIMITS.bytes + 1),
			1,
			/33 MB; a transcript may have 32/,
		],
	])('%s', (_name, file, line, message) => {
		const { problems, cues } = readTranscript(file);
		expect(problems).toEqual([{ line, message: expect.stringMatching(message) }]);
		expect(cues).toEqual([]);
	});

	it('UTF-16 with a mark and UTF-8 with one are read', () => {
		const text = 'Voice A: 好, نعم.';
		const units = [...`\ufeff${text}`].flatMap((sign) => {
			const unit = sign.charCodeAt(0);
			return [unit & 0xff, unit >> 8];
		});
		const little = Uint8Array.from(units);
		const big = Uint8Array.from(units, (_, index) => units[index ^ 1] ?? 0);
		const utf8 = new TextEncoder().encode(`\ufeff${text}`);
		for (const file of [little, big, utf8]) {
			const { cues } = readTranscript(file);
			expect(cues).toEqual([{ startMs: 0, endMs: 0, speaker: 'Voice A', text: '好, نعم.' }]);
		}
	});
});

describe('limits', () => {
	it('a cue too many is named', () => {
		const text = `WEBVTT\n\n${`${T}\nYes.\n\n`.repeat(TRANSCRIPT_LIMITS.cues + 1)}`;
		const { problems, cues } = read(text);
		expect(cues).toEqual([]);
		expect(problems).toEqual([{ line: 300_003, message: expect.stringContaining('100,000 cues') }]);
	});

	it('words without an end are named', () => {
		const { problems } = read(`Voice A: a\nVoice B: ${'long '.repeat(10_001)}`);
		expect(problems).toEqual([{ line: 2, message: expect.stringContaining('50,000 characters') }]);
	});

	it('more lines than any transcript are refused', () => {
		const { problems } = read('\n'.repeat(TRANSCRIPT_LIMITS.lines + 1));
		expect(problems[0]?.message).toContain('1,000,000 lines');
	});

	it('problems are told one by one up to a number', () => {
		const { problems } = read(`WEBVTT\n\n${'x --> y\nNo.\n\n'.repeat(1_500)}`);
		expect(problems).toHaveLength(TRANSCRIPT_LIMITS.reports + 1);
		expect(problems.at(-1)).toEqual({ line: 3003, message: expect.stringContaining('500 more') });
	});
});
