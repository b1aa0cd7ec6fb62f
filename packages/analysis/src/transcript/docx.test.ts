import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTranscript } from './read-transcript.ts';
import type { Transcript } from './transcript.ts';

const NAMESPACES =
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

function docx(body: string, head = ''): Uint8Array {
	return zipSync({
		'[Content_Types].xml': strToU8('<Types/>'),
		'word/styles.xml': strToU8('<w:styles/>'),
		'word/document.xml': strToU8(
			`<?xml version="1.0" encoding="UTF-8"?>${head}<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
		),
	});
}

/** A paragraph; `\n` is a line break in it, `\t` a tab, as Word writes them. */
function paragraph(text: string): string {
	const runs = text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('\n', '</w:t><w:br/><w:t xml:space="preserve">')
		.replaceAll('\t', '</w:t><w:tab/><w:t xml:space="preserve">');
	return `<w:p w:rsidR="00A1"><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:t xml:space="preserve">${runs}</w:t></w:r></w:p>`;
}

function table(rows: readonly (readonly string[])[]): string {
	const cells = (row: readonly string[]) =>
		row.map((cell) => `<w:tc><w:tcPr/>${cell.split('|').map(paragraph).join('')}</w:tc>`).join('');
	return `<w:tbl><w:tblPr/>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

function inLines({ cues }: Transcript): string[] {
	return cues.map(
		({ startMs, endMs, speaker, text }) => `${startMs} ${endMs} ${speaker ?? '–'}: ${text}`,
	);
}

describe('a Word document', () => {
	it('of Teams, as a file', () => {
		const file = join(import.meta.dirname, '../../test-data/transcripts/teams.docx');
		const read = readTranscript(readFileSync(file));
		expect(inLines(read)).toEqual([
			'3000 11000 Nadia Brandt: What would you keep, and what would you change?',
			'11000 24000 Theo Lindqvist: The art room. And the garden behind it: R&B on Fridays.',
			'24000 31000 Ayaan W.: أريد أن أُسمع. That means: I want to be heard.',
			'31000 61000 林小美: 我想要安静的午餐时间。',
			'230000 231000 Nadia Brandt: Thank you.',
		]);
		expect(read.dropped.map(({ line }) => line)).toEqual([1, 2, 3, 4, 10]);
	});

	it('with labels, as somebody types it', () => {
		const body = [
			'Circle of 12 May',
			'Facilitator: Ready?',
			'Voice A: R&B <3, always.',
			'And soul.',
		];
		const read = readTranscript(docx(body.map(paragraph).join('')));
		expect(read).toMatchObject({ format: 'docx', hasTimes: false, problems: [] });
		expect(inLines(read)).toEqual([
			'0 0 Facilitator: Ready?',
			'0 0 Voice A: R&B <3, always. And soul.',
		]);
		expect(read.dropped.map(({ line }) => line)).toEqual([1]);
	});

	it('of Teams: name, time and words in one paragraph', () => {
		const body = [
			'Circle at North High-20270512_130500-Meeting Recording',
			'May 12, 2027, 6:05PM',
			'36m 12s',
			'Nadia Brandt started transcription',
			'Nadia Brandt   0:03\nWhat would you keep?',
			'Theo Lindqvist   0:09\nThe art room.\nAnd the garden.',
			'Nadia Brandt   1:02:10\nThank you.',
			'Nadia Brandt stopped transcription',
		];
		const read = readTranscript(docx(body.map(paragraph).join('')));
		expect(inLines(read)).toEqual([
			'3000 9000 Nadia Brandt: What would you keep?',
			'9000 39000 Theo Lindqvist: The art room. And the garden.',
			'3730000 3731000 Nadia Brandt: Thank you.',
		]);
		expect(read.dropped.map(({ line }) => line)).toEqual([1, 2, 3, 4, 8]);
	});

	it('of older Teams: times with an arrow, the name below, the words below that', () => {
		const body = [
			'0:0:0.0 --> 0:0:5.350',
			'Nadia Brandt',
			'Ready?',
			'0:0:6.1 --> 0:0:7.0',
			'Theo L.',
			'Yes.',
		];
		expect(inLines(readTranscript(docx(body.map(paragraph).join(''))))).toEqual([
			'0 5350 Nadia Brandt: Ready?',
			'6100 7000 Theo L.: Yes.',
		]);
	});

	it('of Otter and of Word’s own transcription', () => {
		const otter = ['Nadia Brandt  0:01', 'Ready?', 'Speaker 2  0:04', 'Yes: I am.'];
		const word = ['Transcript', '00:00:01 Speaker 1', 'Ready?', '00:00:04 Speaker 2', 'Yes: I am.'];
		expect(inLines(readTranscript(docx(otter.map(paragraph).join(''))))).toEqual([
			'1000 4000 Nadia Brandt: Ready?',
			'4000 5200 Speaker 2: Yes: I am.',
		]);
		expect(inLines(readTranscript(docx(word.map(paragraph).join(''))))).toEqual([
			'1000 4000 Speaker 1: Ready?',
			'4000 5200 Speaker 2: Yes: I am.',
		]);
	});

	it('with a table, named or not', () => {
		const rows = [
			['00:00:01', 'Voice A', 'Ready?'],
			['00:00:04', 'Voice B', 'Yes.|Two paragraphs.'],
		];
		const named = docx(paragraph('Circle') + table([['Time', 'Speaker', 'Words'], ...rows]));
		const expected = ['1000 4000 Voice A: Ready?', '4000 5200 Voice B: Yes. Two paragraphs.'];
		expect(inLines(readTranscript(named))).toEqual(expected);
		expect(readTranscript(named).dropped).toEqual([
			{ line: 1, why: 'It stands outside the table of the transcript.' },
		]);
		expect(inLines(readTranscript(docx(table(rows))))).toEqual(expected);
	});

	it('is read without deleted text, instructions and repeated fallbacks', () => {
		const body =
			'<w:p><w:r><w:t>Voice A: kept</w:t></w:r><w:del><w:r><w:delText> deleted</w:delText></w:r></w:del><w:r><w:instrText> PAGE </w:instrText></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>, once</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>, once</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t><![CDATA[ & so]]></w:t></w:r><!-- <w:t>no</w:t> --></w:p>';
		expect(inLines(readTranscript(docx(body)))).toEqual(['0 0 Voice A: kept, once & so']);
	});
});

describe('a document that is refused', () => {
	it('unpacks to more than the limit', () => {
		const bomb = zipSync({ 'word/document.xml': new Uint8Array(65 * 1024 * 1024) }, { level: 1 });
		expect(bomb.length).toBeLessThan(1_000_000);
		expect(readTranscript(bomb).problems[0]?.message).toContain('more than 64 MB');
		expect(readTranscript(saying(1_000, bomb)).problems[0]?.message).toContain('more than 64 MB');
	});

	it('declares entities', () => {
		const head = '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
		const read = readTranscript(docx(paragraph('Voice A: &b;'), head));
		expect(read.cues).toEqual([]);
		expect(read.problems[0]?.message).toContain('DOCTYPE');
	});

	it.each([
		['xl/workbook.xml', 'Excel'],
		['ppt/presentation.xml', 'PowerPoint'],
		['content.xml', 'OpenDocument'],
		['photo.jpg', 'without a Word document'],
	])('is something else: %s', (name, words) => {
		const read = readTranscript(zipSync({ [name]: strToU8('x') }));
		expect(read.problems[0]?.message).toContain(words);
	});

	it('is cut off anywhere', () => {
		const whole = docx(paragraph('Voice A: whole.'));
		for (let length = 4; length < whole.length; length += 7) {
			const read = readTranscript(whole.subarray(0, length));
			expect(read.cues).toEqual([]);
			expect(read.problems).toHaveLength(1);
		}
	});

	it('ends in the middle of a tag', () => {
		const cut = zipSync({ 'word/document.xml': strToU8('<w:document><w:p') });
		expect(readTranscript(cut).problems[0]?.message).toContain('damaged');
	});
});

/** The archive with another size in its headers. */
function saying(size: number, archive: Uint8Array): Uint8Array {
	const changed = archive.slice();
	const view = new DataView(changed.buffer);
	for (let at = 0; at + 4 < changed.length; at++) {
		const signature = view.getUint32(at, true);
		if (signature === 0x02014b50) {
			view.setUint32(at + 24, size, true);
		} else if (signature === 0x04034b50) {
			view.setUint32(at + 22, size, true);
		}
	}
	return changed;
}
