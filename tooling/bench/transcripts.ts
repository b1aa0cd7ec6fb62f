import { deflateRawSync } from 'node:zlib';
import { type Cue, readTranscript, writeSrt, writeWebVtt } from '@throughline/analysis/transcript';
import type { BenchRow } from './suggestions.ts';

const CUES = 40_000;
const HOURS = 6;
const LIMIT_S = 1;
const RUNS = 5;

/** How fast a transcript of six hours in 40,000 cues is read, by format. */
export function benchTranscripts(): BenchRow[] {
	const cues = sixHours();
	const files: Record<string, Uint8Array> = {
		vtt: utf8(writeWebVtt(cues)),
		srt: utf8(writeSrt(cues)),
		txt: utf8(cues.map((cue) => `${heading(cue)}\n${cue.text}\n`).join('\n')),
		docx: docx(cues),
		csv: utf8(['start,end,speaker,text', ...cues.map(csvLine)].join('\n')),
		json: utf8(JSON.stringify({ segments: cues.map(segment) })),
	};
	return Object.entries(files).flatMap(([format, bytes]) => measure(format, bytes));
}

function measure(format: string, bytes: Uint8Array): BenchRow[] {
	const seconds = Array.from({ length: RUNS }, () => {
		const start = performance.now();
		const { cues } = readTranscript(bytes, { fileName: `circle.${format}` });
		if (cues.length !== CUES) {
			throw new Error(`${format}: ${cues.length} cues were read of ${CUES}.`);
		}
		return (performance.now() - start) / 1000;
	});
	const [first = Number.NaN] = seconds;
	const median = seconds.toSorted((one, other) => one - other)[(RUNS - 1) / 2] ?? Number.NaN;
	const megabytes = bytes.length / 1e6;
	const name = `read ${CUES.toLocaleString('en')} cues, ${format}`;
	return [
		{
			name,
			figure: median,
			unit: 's',
			limit: LIMIT_S,
			note: `the first time ${first.toFixed(2)} s`,
		},
		{ name: `${name}: rate`, figure: CUES / median, unit: 'cues/s' },
		{
			name: `${name}: rate`,
			figure: megabytes / median,
			unit: 'MB/s',
			note: `${megabytes.toFixed(1)} MB`,
		},
	];
}

const SAID = [
	'I think the rules in the hallway are different for us.',
	'Nobody asks why you are late; you get a slip, and that is it.',
	'أشعر بالأمان في المكتبة أكثر من أي مكان آخر.',
	'The bus comes at 8:20 & school starts at 8:15, so "be on time" is a joke.',
	'图书馆很安静，我喜欢在那里。',
	'Same.',
];

function sixHours(): Cue[] {
	const each = (HOURS * 3_600_000) / CUES;
	return Array.from({ length: CUES }, (_, at) => ({
		startMs: at * each,
		endMs: at * each + each - 40,
		speaker: `Voice ${'ABCDEFGH'[(at * 7) % 8] ?? 'A'}`,
		text: `${SAID[at % SAID.length] ?? ''} ${at}`,
	}));
}

/** As Otter and Teams write it. */
function heading({ speaker, startMs }: Cue): string {
	const seconds = Math.floor(startMs / 1000);
	const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0');
	return `${speaker}  ${Math.floor(seconds / 3600)}:${two(seconds / 60)}:${two(seconds)}`;
}

function csvLine({ startMs, endMs, speaker, text }: Cue): string {
	return `${startMs / 1000},${endMs / 1000},${speaker},"${text.replaceAll('"', '""')}"`;
}

function segment({ startMs, endMs, speaker, text }: Cue, id: number) {
	return { id, start: startMs / 1000, end: endMs / 1000, speaker, text };
}

function docx(cues: readonly Cue[]): Uint8Array {
	const paragraph = (text: string) =>
		`<w:p><w:r><w:t xml:space="preserve">${text.replaceAll('&', '&amp;')}</w:t></w:r></w:p>`;
	const body = cues.map((cue) => paragraph(heading(cue)) + paragraph(cue.text)).join('');
	return zip('word/document.xml', utf8(`<w:document><w:body>${body}</w:body></w:document>`));
}

/** An archive with one file: its local header, its bytes, the directory, the end. */
function zip(name: string, bytes: Uint8Array): Uint8Array {
	const packed = deflateRawSync(bytes);
	const fields = Buffer.alloc(26);
	fields.writeUInt16LE(20, 0);
	fields.writeUInt16LE(8, 4);
	fields.writeUInt32LE(packed.length, 14);
	fields.writeUInt32LE(bytes.length, 18);
	fields.writeUInt16LE(name.length, 22);
	const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
	const entry = Buffer.concat([
		Buffer.from('PK\x01\x02\x14\0'),
		fields,
		Buffer.alloc(14),
		Buffer.from(name),
	]);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(1, 4);
	end.writeUInt16LE(1, 6);
	end.writeUInt32LE(entry.length, 8);
	end.writeUInt32LE(local.length, 12);
	return Buffer.concat([local, entry, Buffer.from('PK\x05\x06'), end]);
}

function utf8(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
