import { describe, expect, it } from 'vitest';
import { checkTranscript } from './check.ts';
import { peopleAmong } from './people.ts';

describe('labels that are names', () => {
	it.each([
		['Voice A', []],
		['SPEAKER_00', []],
		['Speaker 2', []],
		['FACILITATOR', []],
		['Student #3', []],
		['Estudiante 2', []],
		['P1', []],
		['B', []],
		['Room 12', []],
		['Nadia Brandt', ['Nadia Brandt']],
		['Brandt, Nadia', ['Nadia Brandt']],
		['Ayaan W.', ['Ayaan']],
		['Ms. Ode', ['Ode']],
		['Coach Lindqvist', ['Lindqvist']],
		['Theo (he/him)', ['Theo']],
		['王小明', ['王小明']],
		['ada@northwoods.example', []],
	])('%s: %j', (label, names) => {
		expect(peopleAmong([label, label])).toEqual(names);
	});
});

it('a check says what an import would find and hide', () => {
	const file = [
		'WEBVTT',
		'',
		'00:00:01.000 --> 00:00:03.000',
		'<v Nadia Brandt>😀 Ask Theo, or call 218-555-0142.',
		'',
		'00:00:03.000 --> 00:00:04.000',
		'<v Theo Lindqvist>Nadia, no. Ask Wren.',
		'',
		'00:00:05.000 --> 00:00:04.000',
		'<v Voice C>A voice.',
	].join('\n');

	const check = checkTranscript(new TextEncoder().encode(file), {
		fileName: 'circle.vtt',
		names: ['Wren Abara'],
	});

	expect(check).toMatchObject({
		file: 'circle.vtt',
		cues: 3,
		seconds: 5,
		seats: 3,
		coverage: 0.6,
		problems: [{ line: 9, message: expect.stringContaining('before it starts') }],
	});
	expect(check.redactions).toEqual([
		{ cue: 0, start: 6, end: 10, text: 'Theo', kind: 'name' },
		{ cue: 0, start: 20, end: 32, text: '218-555-0142', kind: 'phone' },
		{ cue: 1, start: 0, end: 5, text: 'Nadia', kind: 'name' },
		{ cue: 1, start: 15, end: 19, text: 'Wren', kind: 'name' },
	]);
});
