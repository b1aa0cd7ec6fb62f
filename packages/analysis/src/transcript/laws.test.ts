import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, missingStretches } from './coverage.ts';
import { oneLine } from './cue-text.ts';
import { readTranscript } from './read-transcript.ts';
import { type Cue, TRANSCRIPT_FORMATS, TRANSCRIPT_LIMITS } from './transcript.ts';
import { writeSrt, writeWebVtt } from './write.ts';

/** Pieces transcripts are made of, put together at random, so that readers go deep. */
const piece = fc.oneof(
	fc.constantFrom(
		...[
			'WEBVTT',
			'\n',
			'\n\n',
			'\r\n',
			'00:00:01.000',
			' --> ',
			'00:00:02,5',
			'1',
			'Voice A',
			': ',
		],
		...['  0:03', '[0:61]', '<v Ada>', '</v>', '<', '&amp;', '&#x110000;', '{', '}', '[', ']', '"'],
		...[
			'"start":',
			'"text":',
			',',
			';',
			'\t',
			'start,end,text',
			'NOTE',
			'：',
			'主持人',
			'نعم',
			'\ud800',
			'>>',
		],
	),
	fc.string({ unit: 'binary', maxLength: 12 }),
);
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const format = fc.option(fc.constantFrom(...TRANSCRIPT_FORMATS), { nil: undefined });

describe('reading', () => {
	it('never fails: cues in order, times from 0, words in one line, lines that exist', () => {
		fc.assert(
			fc.property(anyText, format, (text, as) => {
				const read = readTranscript(new TextEncoder().encode(text), { format: as });
				const lines = text.split(/\r\n|\n|\r/).length;
				let before = 0;
				for (const { startMs, endMs, text: words } of read.cues) {
					expect(startMs).toBeGreaterThanOrEqual(before);
					expect(endMs).toBeGreaterThanOrEqual(startMs);
					expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true);
					expect(words).toBe(oneLine(words));
					expect(words).not.toBe('');
					before = startMs;
				}
				for (const { line } of [...read.problems, ...read.dropped, ...read.notes]) {
					expect(line >= 1 && line <= lines).toBe(true);
				}
				expect(read.cues.length + read.problems.length + read.dropped.length).toBeGreaterThan(0);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('never fails on any bytes', () => {
		const zip = fc
			.uint8Array({ maxLength: 200 })
			.map((rest) => Uint8Array.from([0x50, 0x4b, 3, 4, ...rest]));
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), zip), format, (bytes, as) => {
				expect(readTranscript(bytes, { format: as }).cues).toBeInstanceOf(Array);
			}),
			{ numRuns: 1_000 },
		);
	});
});

const SAMPLES = join(import.meta.dirname, '../../test-data/transcripts');

const files = readdirSync(SAMPLES).filter((name) => name !== 'SOURCES.md');

describe('a sample', () => {
	// Of a text that is cut off before anybody speaks, the heading is all there is to read.
	const sure = files.filter((name) => !name.endsWith('.txt'));

	it.each(sure)('%s cut off anywhere has no more cues than whole', (fileName) => {
		const whole = readFileSync(join(SAMPLES, fileName));
		const { cues } = readTranscript(whole, { fileName });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
				const read = readTranscript(whole.subarray(0, length), { fileName });
				expect(read.cues.length).toBeLessThanOrEqual(cues.length);
			}),
		);
	});

	it.each(files)('%s with a line moved or twice is read', (fileName) => {
		const lines = readFileSync(join(SAMPLES, fileName)).toString('latin1').split('\n');
		const place = fc.integer({ min: 0, max: lines.length - 1 });
		fc.assert(
			fc.property(place, place, fc.boolean(), (from, to, isTwice) => {
				const moved = lines.toSpliced(from, isTwice ? 0 : 1).toSpliced(to, 0, lines[from] ?? '');
				const bytes = Buffer.from(moved.join('\n'), 'latin1');
				expect(readTranscript(bytes, { fileName }).cues).toBeInstanceOf(Array);
			}),
		);
	});
});

const words = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
	.map((text) => oneLine(text.replaceAll('\0', '')))
	.filter((text) => text !== '');
const time = fc.integer({ min: 0, max: TRANSCRIPT_LIMITS.ms });

function cuesWith(speaker: fc.Arbitrary<string | null>): fc.Arbitrary<Cue[]> {
	const cue = fc.record({ times: fc.tuple(time, time), speaker, text: words });
	return fc.array(cue, { minLength: 1, maxLength: 12 }).map((cues) =>
		cues
			.map(({ times: [one, other], ...said }) => ({
				startMs: Math.min(one, other),
				endMs: Math.max(one, other),
				...said,
			}))
			.sort((one, other) => one.startMs - other.startMs),
	);
}

describe('writing and reading again', () => {
	it('gives the same cues in WebVTT', () => {
		fc.assert(
			fc.property(cuesWith(words), (cues) => {
				const read = readTranscript(new TextEncoder().encode(writeWebVtt(cues)));
				expect(read.cues).toEqual(cues);
				expect(read.problems).toEqual([]);
			}),
		);
	});

	it('gives the same cues in SRT', () => {
		const bare = cuesWith(fc.constant(null)).map((cues) =>
			cues.map((cue) => ({ ...cue, text: cue.text.replaceAll(/[:：]/g, '.') })),
		);
		fc.assert(
			fc.property(bare, (cues) => {
				const read = readTranscript(new TextEncoder().encode(writeSrt(cues)), { format: 'srt' });
				expect(read.cues).toEqual(cues);
				expect(read.problems).toEqual([]);
			}),
		);
	});

	it('keeps seats in SRT', () => {
		const cues = cuesWith(fc.constantFrom('Voice A', 'Voice B', 'Facilitator'));
		fc.assert(
			fc.property(cues, (some) => {
				const read = readTranscript(new TextEncoder().encode(writeSrt(some)), { format: 'srt' });
				expect(read.cues).toEqual(some);
			}),
		);
	});
});

describe('coverage', () => {
	const spans = fc.array(
		fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })).map((pair) => {
			const [startMs = 0, endMs = 0] = pair.toSorted((one, other) => one - other);
			return { startMs, endMs };
		}),
		{ maxLength: 8 },
	);

	it('is the share of milliseconds inside a cue, and missing stretches are the others', () => {
		fc.assert(
			fc.property(spans, fc.integer({ min: 1, max: 60 }), (cues, durationMs) => {
				const isCovered = (ms: number) => cues.some((cue) => cue.startMs <= ms && ms < cue.endMs);
				const missing = missingStretches(cues, { durationMs, shortestMs: 1 });
				const isMissing = (ms: number) =>
					missing.some((gap) => gap.startMs <= ms && ms < gap.endMs);
				const all = Array.from({ length: durationMs }, (_, ms) => ms);

				expect(all.every((ms) => isCovered(ms) !== isMissing(ms))).toBe(true);
				expect(coverageOf(cues, { durationMs })).toBeCloseTo(
					all.filter(isCovered).length / durationMs,
					9,
				);
			}),
		);
	});
});
