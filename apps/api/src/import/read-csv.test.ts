import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCsv } from '../csv/write-csv.ts';
import { readHeader } from './import-file.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import { UnusableFile } from './unusable-file.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-csv-'));
});
afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

async function readAll(content: string | Uint8Array): Promise<CsvRecord[]> {
	const path = join(folder, 'file.csv');
	await writeFile(path, content);
	const records: CsvRecord[] = [];
	for await (const record of readCsv(path)) {
		records.push(record);
	}
	return records;
}

const bytes = fc.uint8Array({ maxLength: 400 });
/** Bytes that mean something to a reader of CSV, so that draws go deep. */
const csvBytes = fc
	.array(fc.constantFrom(...[34, 44, 59, 9, 10, 13, 0, 65, 195, 169, 239, 187, 191, 255]), {
		maxLength: 200,
	})
	.map((values) => Uint8Array.from(values));

test('any bytes are read, or refused in words; nothing else happens', async () => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(bytes, csvBytes), async (content) => {
			try {
				for (const { line, cells } of await readAll(content)) {
					expect(line).toBeGreaterThan(0);
					expect(cells.some((cell) => cell.trim() !== '')).toBe(true);
				}
				await readHeader(join(folder, 'file.csv'));
			} catch (error) {
				expect(error).toBeInstanceOf(UnusableFile);
				expect(String(error)).toMatch(/The file is/);
			}
		}),
		{ numRuns: 400, seed: 5 },
	);
});

test('every record of a written file is read, with the line it begins on', async () => {
	const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `a${text}`);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
			async (rows) => {
				const header = ['first', 'second'];
				const written = [header, ...rows.map((row) => row.map((text) => text.replace(/\0/g, '')))];
				const records = await readAll(writeCsv(written));
				expect(records.map(({ cells }) => cells)).toEqual(written);
				const lines = records.map(({ line }) => line);
				expect(lines).toEqual(lines.toSorted((one, other) => one - other));
			},
		),
		{ numRuns: 200, seed: 6 },
	);
});

test('a quote that is never closed, and bytes that are no text, are said in words', async () => {
	await expect(readAll('a,b\r\n"c,d\r\n')).rejects.toThrow(/The file is no CSV/);
	await expect(readAll(Uint8Array.from([97, 44, 255, 10]))).rejects.toThrow(/not UTF-8/);
});
