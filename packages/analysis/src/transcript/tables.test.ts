import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { readTranscript } from './read-transcript.ts';
import type { Transcript } from './transcript.ts';

const SAMPLES = join(import.meta.dirname, '../../test-data/transcripts');
const SHARED = join(import.meta.dirname, '../../../../../shared/data/dialog');

function read(path: string): Transcript {
	return readTranscript(readFileSync(path), { fileName: path });
}

function inLines({ cues }: Transcript): string[] {
	return cues.map(
		({ startMs, endMs, speaker, text }) => `${startMs} ${endMs} ${speaker ?? '–'}: ${text}`,
	);
}

describe('CSV', () => {
	it('has its columns in any order, with units, quotes and lines in cells', () => {
		const table = read(join(SAMPLES, 'table.csv'));
		expect(inLines(table)).toEqual([
			'500 2250 Voice A: I said: "no," twice.',
			'3000 8000 Voice B: Two lines in one cell',
			'9000 9000 Voice A: Short.',
			'9000 39000 Voice B: No time here.',
			'75125 80000 مريم: نعم، بالطبع.',
		]);
		expect(table.dropped).toEqual([{ line: 1, why: 'Columns that are not read: Id.' }]);
		expect(table.notes.map(({ line }) => line)).toEqual([2, 6]);
	});

	it('has semicolons, Spanish names of columns, and a cell with a semicolon too many', () => {
		const table = read(join(SAMPLES, 'semicolons.csv'));
		expect(inLines(table).slice(0, 1)).toEqual(['1500 3000 Voz A: Sí, claro.']);
		expect(table.problems.map(({ line }) => line)).toContain(3);
	});

	it('needs no header where the columns tell themselves', () => {
		expect(inLines(read(join(SAMPLES, 'no-header.csv')))).toEqual([
			'2000 4000 Voice A: It smells like bleach.',
			'5000 9500 Voice B: Only on Mondays, only upstairs.',
			'10000 11000 Voice A: True.',
		]);
	});

	it.each([
		['Start (s)', { start: { key: 'Start (s)', unitMs: 1000 } }],
		['startMs', { start: { key: 'startMs', unitMs: 1 } }],
		['end_time_ms', { end: { key: 'end_time_ms', unitMs: 1 } }],
		['Duration [sec]', { duration: { key: 'Duration [sec]', unitMs: 1000 } }],
		['speaker-label', { speaker: { key: 'speaker-label', unitMs: null } }],
		['Comment body', { text: { key: 'Comment body', unitMs: null } }],
		['Timestamps', {}],
		['words', { text: { key: 'words', unitMs: null } }],
	])('the column “%s” is %j', (name, columns) => {
		expect(columnsOf([name])).toEqual(columns);
	});
});

describe('JSON', () => {
	it('of a local speech service: segments in seconds', () => {
		const transcript = read(join(SAMPLES, 'segments.json'));
		expect(inLines(transcript)).toEqual([
			'500 3250 SPEAKER_00: What would you keep?',
			'4000 9004 SPEAKER_01: The "late lunch" — and 安静的 library.',
			'61000 62000 SPEAKER_00: Thank you.',
		]);
		expect(transcript.dropped).toEqual([
			{ line: 5, why: 'Fields that are not read: id.' },
			{ line: 13, why: 'An entry without words.' },
		]);
	});

	it('with whole milliseconds: utterances rather than their words', () => {
		const transcript = read(join(SAMPLES, 'utterances.json'));
		expect(inLines(transcript)).toEqual([
			'250 2650 A: Doors open at seven.',
			'2900 4100 B: Not for us.',
		]);
		expect(transcript.notes[0]?.message).toContain('milliseconds');
	});

	it('Lines: an object on each', () => {
		expect(inLines(read(join(SAMPLES, 'lines.jsonl')))).toEqual([
			'1500 4000 Voice A: One.',
			'4000 60000 Voice B: Two.',
			'60000 61000 Voice A: Three.',
		]);
	});
});

describe.runIf(existsSync(SHARED))('shared material', () => {
	it('the table talks of the Taiwan assemblies: 645 utterances, Chinese as it is', () => {
		const file = join(SHARED, 't3c-ai-assemblies-taiwan/report-and-transcript.json');
		const raw = JSON.parse(readFileSync(file, 'utf8')) as {
			data: { start: string; end: string; comment: string }[];
		};
		const transcript = read(file);
		const expected = raw.data
			.map(({ start, end, comment }) => ({
				startMs: Math.round(Number(start) * 1000),
				endMs: Math.round(Number(end) * 1000),
				text: comment.replace(/\s*\n\s*/g, ' ').trim(),
			}))
			.sort((one, other) => one.startMs - other.startMs);

		expect(transcript.cues).toHaveLength(645);
		expect(transcript.problems).toEqual([]);
		expect(transcript.cues.map(({ startMs, endMs, text }) => ({ startMs, endMs, text }))).toEqual(
			expected,
		);
		expect(transcript.notes[0]?.message).toContain('several recordings');
	});

	it.each([
		['import-edge-cases/missing_fields_pets.csv', 15, 'Eve'],
		['import-edge-cases/test_hard_cases_22.csv', 20, 'Eve'],
		['import-edge-cases/test_very_duplicates.csv', 8, 'alice@email.com'],
		['jigsaw-bowling-green-2018/comments-coded.csv', 607, undefined],
		['jigsaw-bowling-green-2018/comments-coded.json', 607, undefined],
	])('%s: %i entries with words', (file, count, speaker) => {
		const transcript = read(join(SHARED, file));
		expect(transcript.cues).toHaveLength(count);
		expect(transcript.speakers[0]).toBe(speaker);
		expect(transcript).toMatchObject({ hasTimes: false, problems: [] });
	});
});
