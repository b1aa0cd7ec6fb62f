import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTranscript } from './read-transcript.ts';
import type { Transcript } from './transcript.ts';

const SAMPLES = join(import.meta.dirname, '../../test-data/transcripts');

function sample(fileName: string): Transcript {
	return readTranscript(readFileSync(join(SAMPLES, fileName)), { fileName });
}

/** `start end speaker: words`, times in milliseconds. */
function inLines({ cues }: Transcript): string[] {
	return cues.map(
		({ startMs, endMs, speaker, text }) => `${startMs} ${endMs} ${speaker ?? '–'}: ${text}`,
	);
}

describe('captions of a film', () => {
	it.each([
		['captions.en.vtt', 78, 'en'],
		['captions.ar.vtt', 77, 'ar'],
		['chapters.en.vtt', 9, 'en'],
	])('%s: every cue with its times', (fileName, count) => {
		const read = sample(fileName);
		const file = readFileSync(join(SAMPLES, fileName), 'utf8');
		const arrows = [
			...file.matchAll(/^(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})/gm),
		];
		const times = arrows.map(([, ...parts]) => {
			const [h = 0, m = 0, s = 0, f = 0, hh = 0, mm = 0, ss = 0, ff = 0] = parts.map(Number);
			return [
				h * 3_600_000 + m * 60_000 + s * 1000 + f,
				hh * 3_600_000 + mm * 60_000 + ss * 1000 + ff,
			];
		});

		expect(read.cues).toHaveLength(count);
		expect(read.cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(times);
		expect(read).toMatchObject({ format: 'webvtt', hasTimes: true, problems: [], speakers: [] });
	});

	it('keeps Arabic as it is written', () => {
		expect(
			sample('captions.ar.vtt')
				.cues.slice(0, 2)
				.map(({ text }) => text),
		).toEqual([
			'...إلى... إلى الشمال يمكن أن نرى ...يمكن أن نرى الـ',
			'...إلى اليمين يمكن أن نرى الـ',
		]);
	});

	it('tells which stretches have no words', () => {
		const { missing, coverage } = sample('captions.en.vtt');
		expect(missing[0]).toEqual({ startMs: 95_481, endMs: 131_106 });
		expect(coverage).toBeCloseTo(0.339, 3);
	});

	it('are the same files as in the shared data', () => {
		const shared = join(import.meta.dirname, '../../../../../shared/data/dialog/captions');
		const names = ['captions.en.vtt', 'captions.ar.vtt', 'chapters.en.vtt'];
		for (const name of existsSync(shared) ? names : []) {
			expect(readFileSync(join(shared, name))).toEqual(readFileSync(join(SAMPLES, name)));
		}
		expect(names).toHaveLength(3);
	});
});

describe('exports of meetings and services', () => {
	it('Zoom’s captions name the speaker in the words', () => {
		const read = sample('zoom.vtt');
		expect(inLines(read)).toEqual([
			'2310 6090 Nadia Brandt: Welcome to the circle. We have forty minutes.',
			'6540 11870 Nadia Brandt: First question: where do you feel safe at school?',
			'13200 17450 Theo Lindqvist: The library. Nobody runs there.',
			"17900 22010 Ayaan W.: For me it's the bus, honestly: my driver knows my name.",
			'23000 24480 Theo Lindqvist: Same.',
			'100000 104750 Nadia Brandt: Let us hear someone who has not spoken.',
		]);
		expect(read.missing).toEqual([{ startMs: 24_480, endMs: 100_000 }]);
	});

	it('Teams’ captions mark voices, overlap and escape', () => {
		expect(inLines(sample('teams.vtt'))).toEqual([
			'3120 6480 Brandt, Nadia: Can everyone see the prompt?',
			'6480 9000 Brandt, Nadia: Take a minute before you answer.',
			'72000 75360 Theo Lindqvist: I wrote down "the hallway by B&C".',
			'74900 76100 Room 12: Me too.',
		]);
	});

	it('SRT has tags, placements, blank lines inside cues and numbers that skip', () => {
		const read = sample('session.srt');
		expect(read).toMatchObject({ format: 'srt', problems: [], dropped: [] });
		expect(inLines(read)).toEqual([
			"1000 4200 Voice A: I don't mind the officer, I mind the metal detector.",
			'4500 7000 Voice B: It beeps at my belt. Every day.',
			'7250 9999 Voice A: Every. Single. Day.',
			'31000 33500 –: [laughter]',
			'3723004 3728000 Voice C: Last one: be kind, and lock up <3.',
		]);
	});

	it('Otter writes the speaker and the time above the words', () => {
		const read = sample('otter.txt');
		expect(inLines(read)).toEqual([
			'3000 41000 Nadia Brandt: Thanks for coming in during lunch. I will read the agreement first.',
			'41000 67000 Speaker 1: I feel like the front office treats it as: you were late, you get a slip. Nobody asks why.',
			'67000 82000 Speaker 2: Our bus comes at 8:20. School starts at 8:15.',
			'82000 112000 Nadia Brandt: Say more about that.',
			'3598000 3604000 Speaker 2: That was the last thing on my list.',
			'3604000 3605000 Speaker 1: Thank you.',
		]);
		expect(read.dropped.map(({ line }) => line)).toEqual([1, 2, 23]);
		expect(read.missing).toEqual([{ startMs: 112_000, endMs: 3_598_000 }]);
	});

	it('Zoom’s saved captions carry the time of day, counted from the first', () => {
		const read = sample('zoom-captions.txt');
		expect(inLines(read)).toEqual([
			"0 13000 Nadia Brandt: Let's begin with the first prompt.",
			'13000 49000 Theo Lindqvist: I think the rules are different for freshmen.',
			'49000 71000 Theo Lindqvist: And nobody tells you which ones.',
			'71000 73400 Ayaan W.: They told us. Once. In August.',
		]);
		expect(read.notes[0]?.message).toContain('12:58:51');
	});

	it('Word’s transcript has the time before the speaker', () => {
		expect(inLines(sample('word-transcribe.txt'))).toEqual([
			'0 6000 Speaker 1: So the question is what you would change.',
			'6000 15000 Speaker 2: The bathrooms. They lock them third hour. Nobody knows why.',
			'15000 62000 Speaker 1: Who else?',
			"62000 64000 Speaker 3: I'd change the tardy table.",
		]);
	});
});

describe('text with speakers', () => {
	it('has no times, and says so', () => {
		const read = sample('labels.txt');
		expect(read).toMatchObject({ format: 'text', hasTimes: false, coverage: null, missing: [] });
		expect(inLines(read)).toEqual([
			'0 0 FACILITATOR: What would you tell a new student?',
			'0 0 Voice A: Eat before you come. The line is long: twenty minutes. And bring a lock.',
			'0 0 Voice B: Remember one thing: ask Ms. Ode, she knows everything.',
			'0 0 Voice A: True. (laughter)',
			'0 0 FACILITATOR: And what would you tell the board?',
			'0 0 Voice C: Come at seven in the morning.',
		]);
		expect(read.dropped.map(({ line }) => line)).toEqual([1, 2]);
	});

	it('has times before the labels, in any of the ways people write them', () => {
		expect(inLines(sample('timed-labels.txt'))).toEqual([
			'4000 9000 Facilitator: ready?',
			'9000 12000 Voice A: yes.',
			'15000 31500 Voice B: I was here in 2019: it was different.',
			'31500 40000 Voice A: How?',
			'40000 41200 Voice B: Doors were open.',
		]);
	});
});

it('languages, directions and hours above 99 stay as they are', () => {
	const read = sample('arabic-chinese.vtt');
	expect(inLines(read)).toEqual([
		'1000 3500 المعلمة نورة: أين تشعرون بالأمان\u200f؟',
		'4000 6000 学生甲: 在图书馆，因为那里 很安静。',
		'443045678 443047000 学生甲: 𠮷野家，对。',
	]);
	expect(read.dropped).toEqual([{ line: 3, why: 'A note (NOTE), nothing that was said.' }]);
});

describe('ways people write', () => {
	const read = (text: string) => inLines(readTranscript(new TextEncoder().encode(text)));

	it.each([
		['MAYA (00:05): hi\nTHEO (00:09): no', ['5000 9000 MAYA: hi', '9000 10000 THEO: no']],
		[
			'Voice 1 [00:00:05]\nhi\n\nVoice 2 [00:00:09]\nno',
			['5000 9000 Voice 1: hi', '9000 10000 Voice 2: no'],
		],
		['**Maya:** hi there\n\n**Mr. Ode**: no', ['0 0 Maya: hi there', '0 0 Mr. Ode: no']],
		[
			'maya: hi\ntheo: no way: never\nmaya: ok',
			['0 0 maya: hi', '0 0 theo: no way: never', '0 0 maya: ok'],
		],
		[
			'Voice A: When?\nVoice B: well\n8:30 is early\nVoice A: so',
			['0 0 Voice A: When?', '0 0 Voice B: well 8:30 is early', '0 0 Voice A: so'],
		],
		[
			'المعلمة: كيف؟\nسارة: بخير، شكرا: جدا.\nالمعلمة: جيد',
			['0 0 المعلمة: كيف؟', '0 0 سارة: بخير، شكرا: جدا.', '0 0 المعلمة: جيد'],
		],
		[
			'主持人：你们好\n学生甲：很重要的是：安静。\n主持人：好',
			['0 0 主持人: 你们好', '0 0 学生甲: 很重要的是：安静。', '0 0 主持人: 好'],
		],
		['[Ada B] 12:59:58 PM\nhi\n[Cy] 1:00:02 PM\nyo', ['0 4000 Ada B: hi', '4000 5000 Cy: yo']],
		['13:02:11 Ada: hello\n13:02:19 Cy: hi', ['0 8000 Ada: hello', '8000 9000 Cy: hi']],
		[
			'1\n00:00:01.000 --> 00:00:02.000\nhi\n\n2\n00:00:03.000 --> 00:00:04.000\nyo',
			['1000 2000 –: hi', '3000 4000 –: yo'],
		],
		[
			'0:00:01.000,0:00:02.500\nADA: hi\n\n0:00:03.000,0:00:04.000\nyo',
			['1000 2500 ADA: hi', '3000 4000 –: yo'],
		],
		[
			'One paragraph.\n\nAnother, with a colon: yes.',
			['0 0 –: One paragraph.', '0 0 –: Another, with a colon: yes.'],
		],
	])('%j', (text, lines) => {
		expect(read(text)).toEqual(lines);
	});
});
