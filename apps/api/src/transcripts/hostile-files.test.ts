import { strToU8, zipSync } from 'fflate';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { previewForm } from '../routes/transcripts/schema.ts';
import { createFileReader } from './read-file.ts';

const read = createFileReader();
const MB = 1024 * 1024;
const WORD = '<w:document><w:body><w:p><w:r><w:t>Ana: yes.</w:t></w:r></w:p></w:body></w:document>';
const document = (xml: string) => zipSync({ 'word/document.xml': strToU8(xml) });

/** What comes of a file: 'read', or the words it was refused with. */
async function tryFile(bytes: Uint8Array, fileName = 'talk.docx'): Promise<string> {
	const reading = await read({ bytes, fileName, durationMs: undefined, hide: null }).catch(
		(error: Error) => error,
	);
	if (reading instanceof Error) {
		return reading.message;
	}
	const { cues, problems } = reading.transcript;
	return cues.length > 0 ? 'read' : (problems[0]?.message ?? 'empty');
}

/** An archive of one file that unpacks to 16 MB times `parts`, and says that it is small. */
function bomb(parts: number): Uint8Array {
	// Each part can be unpacked without the ones before it, so that one is enough to make many.
	const part = deflateRawSync(Buffer.alloc(16 * MB, ' '), { finishFlush: constants.Z_FULL_FLUSH });
	const packed = Buffer.concat([
		...Array<Buffer>(parts).fill(part),
		deflateRawSync(Buffer.alloc(0)),
	]);
	const name = Buffer.from('word/document.xml');
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(packed.length, 18);
	local.writeUInt32LE(1000, 22);
	local.writeUInt16LE(name.length, 26);
	const entry = Buffer.alloc(46);
	entry.writeUInt32LE(0x02014b50, 0);
	entry.writeUInt16LE(8, 10);
	entry.writeUInt32LE(crc32(''), 16);
	entry.writeUInt32LE(packed.length, 20);
	entry.writeUInt32LE(1000, 24);
	entry.writeUInt16LE(name.length, 28);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(46 + name.length, 12);
	end.writeUInt32LE(30 + name.length + packed.length, 16);
	return Buffer.concat([local, name, packed, entry, name, end]);
}

function nested(depth: number): Uint8Array {
	let inner: Uint8Array = new Uint8Array(10 * MB);
	for (let level = 0; level < depth; level++) {
		inner = zipSync(Object.fromEntries([...Array(16).keys()].map((n) => [`${n}.zip`, inner])));
	}
	return inner;
}

test.each([
	['10 GB of blanks that say they are a kilobyte', () => bomb(640), /100 times its size/],
	['archives in archives in archives', () => nested(3), /ZIP file without a Word document/],
	[
		'a million declared entities',
		() =>
			document(
				`<!DOCTYPE d [${Array.from({ length: 100_000 }, (_, n) => `<!ENTITY e${n} "&e${n - 1};&e${n - 1};">`).join('')}]><d>&e99999;</d>`,
			),
		/DOCTYPE/,
	],
	[
		'an entity that names a file',
		() => document('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'),
		/DOCTYPE/,
	],
	['elements in 200,000 elements', () => document('<w:p>'.repeat(200_000)), /no words/],
	[
		'1,001 files',
		() =>
			zipSync(Object.fromEntries([...Array(1001).keys()].map((n) => [`${n}`, new Uint8Array(1)]))),
		/damaged/,
	],
	['a workbook', () => zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }), /Excel workbook/],
	['an archive that was cut short', () => bomb(1).subarray(0, -40), /damaged/],
])('%s is refused, and the process goes on', async (_, make, words) => {
	const answer = await tryFile(make());

	expect(answer).toMatch(words);
	expect(answer).not.toBe('read');
	expect(await tryFile(document(WORD))).toBe('read');
});

test('names that climb out of a folder write nothing', async () => {
	const before = resolve('../../escaped');

	const answer = await tryFile(
		zipSync({
			'../../escaped': strToU8('x'),
			'/escaped': strToU8('x'),
			'word/document.xml': strToU8(WORD),
		}),
		'../../escaped.docx',
	);

	expect(answer).toBe('read');
	expect(existsSync(before) || existsSync('/escaped') || existsSync(join(before, '..docx'))).toBe(
		false,
	);
});

test.each([
	'a.csv\0.svg',
	'a.svg',
	'a.vtt.exe',
	'a',
	'.vtt\n',
	'txt.\u202ettv.exe',
	`${'a'.repeat(260)}.vtt`,
])('a file called %j is not taken', (name) => {
	expect(previewForm.safeParse({ file: new File(['WEBVTT'], name) }).success).toBe(false);
});

test.each(['a.vtt', 'Session 4, group B.DOCX', 'نص.txt'])('a file called %j is taken', (name) => {
	expect(previewForm.safeParse({ file: new File(['WEBVTT'], name) }).success).toBe(true);
});
