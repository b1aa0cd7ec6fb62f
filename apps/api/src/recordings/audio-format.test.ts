import { expect, test } from 'vitest';
import { audioMimeOf } from './audio-format.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
	['\x1a\x45\xdf\xa3\x9f\x42\x86\x81', 'audio/webm'],
	['\x00\x00\x00\x20ftypM4A \x00', 'audio/mp4'],
	['OggS\x00\x02', 'audio/ogg'],
	['RIFF\x24\x00\x00\x00WAVEfmt ', 'audio/wav'],
	['fLaC\x00', 'audio/flac'],
	['caff\x00\x01', 'audio/x-caf'],
	['#!AMR\n', 'audio/amr'],
	['ID3\x03\x00', 'audio/mpeg'],
	['\xff\xfb\x90\x64', 'audio/mpeg'],
	['\xff\xf1\x50\x80', 'audio/aac'],
	['RIFF\x24\x00\x00\x00AVI LIST', null],
	['\x89PNG\r\n\x1a\n', null],
	['%PDF-1.7', null],
	['<!doctype html>', null],
	['PK\x03\x04', null],
	['\xff\xd8\xff\xe0', null],
	['', null],
])('%j is %s', (head, mime) => {
	expect(audioMimeOf(bytes(head))).toBe(mime);
});
