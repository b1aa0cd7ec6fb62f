import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { withFormula, writeCsv } from '../csv/write-csv.ts';
import { type Column, REPORT_COLUMNS } from './column-map.ts';
import { readCsv } from './read-csv.ts';
import { type ReadRow, readRow, type RowContext } from './read-row.ts';

/** A row that was not taken, and why. */
export interface RejectedRow {
	line: number;
	reasons: string[];
}

export interface FileReport {
	accepted: number;
	rejected: number;
	/** The first rejected rows; all of them are in the file. */
	examples: RejectedRow[];
	/** How often an answer was left out because its question would not have been asked, by question. */
	offPath: Record<string, number>;
}

const MOST_EXAMPLES = 1000;

/** Reads a CSV file's rows for storing, and keeps count of those that cannot be stored. */
export function readResponses(
	path: string,
	context: RowContext,
	onRejected: (cells: string[], row: RejectedRow) => Promise<void>,
): { rows: AsyncGenerator<ReadRow>; report: FileReport } {
	const report: FileReport = { accepted: 0, rejected: 0, examples: [], offPath: {} };
	// A report of ours has apostrophes before what looks like a formula (csv/write-csv.ts).
	const isReport = REPORT_COLUMNS.every((own) => context.columns.some(({ name }) => name === own));
	async function* read(): AsyncGenerator<ReadRow> {
		let isHeader = true;
		for await (const { line, cells } of readCsv(path)) {
			if (isHeader) {
				isHeader = false;
				continue;
			}
			const found = readRow(isReport ? cells.map(withFormula) : cells, context);
			if ('row' in found) {
				report.accepted += 1;
				for (const id of found.row.offPath) {
					report.offPath[id] = (report.offPath[id] ?? 0) + 1;
				}
				yield found.row;
				continue;
			}
			report.rejected += 1;
			const rejected = { line, reasons: found.reasons };
			if (report.examples.length < MOST_EXAMPLES) {
				report.examples.push(rejected);
			}
			await onRejected(cells, rejected);
		}
	}
	return { rows: read(), report };
}

/** Where the rejected rows of a file go. */
export function rejectedName(path: string): string {
	return path.replace(/(\.csv)?$/i, '.rejected.csv');
}

/** The names of a file's columns. @returns null when the file is empty. */
export async function readHeader(path: string): Promise<string[] | null> {
	for await (const { cells } of readCsv(path)) {
		return cells.map((cell) => cell.trim());
	}
	return null;
}

/**
 * Writes rejected rows as they were, with the line and the reasons behind them, so that they can
 * be put right and imported as they are. The file is made with the first row.
 */
export function rejectedFile(path: string, columns: readonly Column[]) {
	let stream: ReturnType<typeof createWriteStream> | null = null;
	const write = async (cells: string[]) => {
		if (stream && !stream.write(writeCsv([cells]))) {
			await once(stream, 'drain');
		}
	};
	return {
		async add(cells: string[], { line, reasons }: RejectedRow): Promise<void> {
			if (!stream) {
				stream = createWriteStream(path);
				await once(stream, 'open');
				await write([
					...own(
						columns.map(({ name }) => name),
						columns,
					),
					...REPORT_COLUMNS,
				]);
			}
			await write([...own(cells, columns), String(line), reasons.join(' ')]);
		},
		async close(): Promise<void> {
			if (stream) {
				stream.end();
				await once(stream, 'finish');
			}
		},
	};
}

/** A row without what an earlier report added to it; one of another length stays whole. */
function own(cells: readonly string[], columns: readonly Column[]): string[] {
	return cells.filter((_, index) => !REPORT_COLUMNS.some((name) => name === columns[index]?.name));
}
