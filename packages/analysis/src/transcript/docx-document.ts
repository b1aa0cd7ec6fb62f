import type { TableRow } from './table.ts';
import { tooManyLines } from './decode.ts';
import { TRANSCRIPT_LIMITS } from './transcript.ts';
import type { XmlListener } from './xml.ts';

export type DocumentBlock =
	{ type: 'paragraph'; line: number; text: string } | { type: 'table'; rows: TableRow[] };

/** What a character of WordprocessingML stands for. ECMA-376, part 1, 17.3.3. */
const SIGNS: Readonly<Record<string, string>> = {
	'w:tab': '\t',
	'w:br': '\n',
	'w:cr': '\n',
	'w:noBreakHyphen': '‑',
};

/** Collects paragraphs and tables. Fallbacks repeat what stands before them; deleted text is `w:delText`. */
export class DocumentListener implements XmlListener {
	readonly blocks: DocumentBlock[] = [];
	#paragraphs: string[] = [];
	#line = 0;
	#tables = 0;
	#skipped = 0;
	#isText = false;
	#rows: TableRow[] = [];

	open(name: string): void {
		if (name === 'mc:Fallback') {
			this.#skipped++;
		} else if (name === 'w:p') {
			this.#refuseTooMany(this.#line);
			this.#line++;
			this.#paragraphs.push('');
		} else if (name === 'w:tbl') {
			this.#tables++;
		} else if (name === 'w:tr' && this.#tables === 1) {
			this.#refuseTooMany(this.#rows.length);
			this.#rows.push({ line: this.#line + 1, cells: [] });
		} else if (name === 'w:tc' && this.#tables === 1) {
			this.#rows.at(-1)?.cells.push('');
		}
		this.#isText = name === 'w:t';
		this.#write(SIGNS[name] ?? '');
	}

	close(name: string): void {
		this.#isText = false;
		if (name === 'mc:Fallback') {
			this.#skipped = Math.max(0, this.#skipped - 1);
		} else if (name === 'w:p') {
			this.#endParagraph();
		} else if (name === 'w:tbl') {
			this.#endTable();
		}
	}

	text(text: string): void {
		if (this.#isText) {
			this.#write(text);
		}
	}

	#refuseTooMany(count: number): void {
		if (count >= TRANSCRIPT_LIMITS.lines) {
			throw tooManyLines('paragraphs');
		}
	}

	#write(text: string): void {
		const last = this.#paragraphs.length - 1;
		if (last >= 0 && this.#skipped === 0 && text !== '') {
			this.#paragraphs[last] += text;
		}
	}

	#endParagraph(): void {
		const text = this.#paragraphs.pop() ?? '';
		const cells = this.#tables > 0 ? this.#rows.at(-1)?.cells : undefined;
		if (cells === undefined) {
			this.blocks.push({ type: 'paragraph', line: this.#line, text });
			return;
		}
		const cell = cells.pop() ?? '';
		cells.push(cell === '' ? text : `${cell}\n${text}`);
	}

	#endTable(): void {
		this.#tables = Math.max(0, this.#tables - 1);
		if (this.#tables === 0) {
			this.blocks.push({ type: 'table', rows: this.#rows });
			this.#rows = [];
		}
	}
}
