import { readTable, type TableRow } from './table.ts';
import { emptyReading, type Reading, UnreadableError } from './transcript.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Rows with commas, semicolons, tabs or bars between cells, as spreadsheets write them (RFC 4180). */
export function readCsv(text: string): Reading {
	const reading = emptyReading();
	const rows = csvRows(text, { delimiter: delimiterOf(text), reading });
	return readTable(rows, reading);
}

/** The sign that parts most cells of the first line. */
function delimiterOf(text: string): string {
	const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
	const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function csvRows(
	text: string,
	{ delimiter, reading }: { delimiter: string; reading: Reading },
): TableRow[] {
	const rows: TableRow[] = [];
	const scanner = new CsvScanner(text, delimiter);
	while (!scanner.isAtEnd) {
		const { line } = scanner;
		const { cells, problem } = scanner.row();
		if (problem !== null) {
			reading.problems.push(problem);
		}
		if (cells.some((cell) => cell.trim() !== '')) {
			rows.push({ line, cells });
		}
	}
	return rows;
}

class CsvScanner {
	readonly #text: string;
	readonly #delimiter: string;
	readonly #bare: RegExp;
	#at = 0;
	line = 1;

	constructor(text: string, delimiter: string) {
		this.#text = text;
		this.#delimiter = delimiter;
		this.#bare = new RegExp(`[${delimiter}\r\n]`, 'g');
	}

	get isAtEnd(): boolean {
		return this.#at >= this.#text.length;
	}

	row(): { cells: string[]; problem: { line: number; message: string } | null } {
		const cells: string[] = [];
		let problem: { line: number; message: string } | null = null;
		for (;;) {
			const isQuoted = this.#text[this.#at] === '"';
			const quoted = isQuoted ? this.#quoted() : '';
			const rest = this.#unquoted();
			if (isQuoted && rest.trim() !== '') {
				const message =
					'After a closing quotation mark there is more text. Write a quotation mark inside a cell twice (""); the cell was read as it stands.';
				problem ??= { line: this.line, message };
			}
			cells.push(quoted + rest);
			if (this.#text[this.#at] !== this.#delimiter) {
				this.#newline();
				return { cells, problem };
			}
			this.#at++;
		}
	}

	#quoted(): string {
		const text = this.#text;
		const opened = this.line;
		let cell = '';
		let from = this.#at + 1;
		for (;;) {
			const close = text.indexOf('"', from);
			if (close === -1) {
				throw new UnreadableError(
					opened,
					'A quotation mark opens a cell here and is never closed. Close it, or write it twice ("") where it belongs to the words.',
				);
			}
			cell += text.slice(from, close);
			if (text[close + 1] !== '"') {
				this.#at = close + 1;
				this.line += cell.split(/\r\n|\n|\r/).length - 1;
				return cell;
			}
			cell += '"';
			from = close + 2;
		}
	}

	#unquoted(): string {
		this.#bare.lastIndex = this.#at;
		const end = this.#bare.exec(this.#text)?.index ?? this.#text.length;
		const cell = this.#text.slice(this.#at, end);
		this.#at = end;
		return cell;
	}

	#newline(): void {
		this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1;
		this.line++;
	}
}
