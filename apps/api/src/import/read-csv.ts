import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { UnusableFile } from './unusable-file.ts';

/** One record of a file: its cells, and the line it begins on. */
export interface CsvRecord {
	line: number;
	cells: string[];
}

const HEAD_BYTES = 64 * 1024;
const MAX_RECORD = 1024 * 1024;

/**
 * Reads a CSV file record by record, in little memory: comma, semicolon or tab between cells (by
 * the header), quotes, line breaks inside quotes, any line ends, with or without a byte order mark.
 * Every cell is text; nothing is evaluated. Blank lines are left out.
 * @throws UnusableFile when it is not there, not UTF-8, or a quote is never closed.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
	const parser = parse({
		bom: true,
		delimiter: await findDelimiter(path),
		relaxColumnCount: true,
		relaxQuotes: true,
		maxRecordSize: MAX_RECORD,
	});
	// What goes wrong on the way destroys the parser, and so ends the reading below.
	const feeding = pipeline(createReadStream(path), decode, parser).catch(() => undefined);
	let next = 1;
	try {
		for await (const cells of parser) {
			// Without `columns` csv-parse gives each record as a list of its cells.
			const record = cells as string[];
			const line = next;
			next += 1 + record.reduce((sum, cell) => sum + breaksIn(cell), 0);
			if (record.some((cell) => cell.trim() !== '')) {
				yield { line, cells: record };
			}
		}
	} catch (error) {
		throw await explain(error, path);
	} finally {
		parser.destroy();
		await feeding;
	}
}

async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	for await (const chunk of chunks) {
		yield decoder.decode(chunk, { stream: true });
	}
	yield decoder.decode();
}

/** The number of the first line that is not UTF-8; null when all are. */
async function firstLineNotUtf8(path: string): Promise<number | null> {
	let line = 1;
	let rest: Uint8Array = Buffer.alloc(0);
	for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
		const bytes = Buffer.concat([rest, chunk]);
		let start = 0;
		for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
			if (!isUtf8(bytes.subarray(start, end))) {
				return line;
			}
			line += 1;
			start = end + 1;
		}
		rest = bytes.subarray(start);
		if (rest.length > MAX_RECORD) {
			return line;
		}
	}
	return isUtf8(rest) ? null : line;
}

function breaksIn(cell: string): number {
	return cell.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The mark that stands most often in the header, outside quotes. */
async function findDelimiter(path: string): Promise<string> {
	const file = await open(path).catch(async (error: unknown) => {
		throw await explain(error, path);
	});
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
		const [header = ''] = buffer
			.toString('utf8', 0, bytesRead)
			.replaceAll(/"[^"]*"/g, '')
			.split(/\r\n|\r|\n/);
		const [best = ','] = [',', ';', '\t'].sort(
			(one, other) => header.split(other).length - header.split(one).length,
		);
		return best;
	} finally {
		await file.close();
	}
}

async function explain(error: unknown, path: string): Promise<Error> {
	if (error instanceof TypeError) {
		const line = await firstLineNotUtf8(path);
		const where = line === null ? '' : ` (line ${line})`;
		return new UnusableFile(
			`The file is not UTF-8${where}. Save it as “CSV UTF-8” and try again.`,
			{ cause: error },
		);
	}
	if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
		return new UnusableFile(`The file is no CSV: ${error.message}.`, { cause: error });
	}
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
		return new UnusableFile('There is no such file.', { cause: error });
	}
	return error instanceof Error ? error : new Error(String(error));
}
