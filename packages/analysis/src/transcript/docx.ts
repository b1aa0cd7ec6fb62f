import { decodeText } from './decode.ts';
import { DocumentListener, type DocumentBlock } from './docx-document.ts';
import { unpackDocument } from './docx-zip.ts';
import { isTranscriptTable, readTable } from './table.ts';
import { readText } from './text.ts';
import type { NumberedLine } from './text-lines.ts';
import { emptyReading, type Reading } from './transcript.ts';
import { walkXml } from './xml.ts';

/**
 * A Word document: paragraphs as lines of text, or a table with a row for each utterance. Its lines
 * are its paragraphs, counted through. @throws UnreadableError
 */
export function readDocx(bytes: Uint8Array): Reading {
	const listener = new DocumentListener();
	walkXml(decodeText(unpackDocument(bytes)), listener);
	const { blocks } = listener;
	return blocks.some(isTranscript) ? readTables(blocks) : readText(blocks.flatMap(linesOfBlock));
}

function isTranscript(block: DocumentBlock): boolean {
	return block.type === 'table' && isTranscriptTable(block.rows);
}

function readTables(blocks: readonly DocumentBlock[]): Reading {
	const reading = emptyReading();
	for (const block of blocks) {
		if (block.type === 'table' && isTranscriptTable(block.rows)) {
			readTable(block.rows, reading);
		} else {
			for (const { line, text } of linesOfBlock(block)) {
				if (text.trim() !== '') {
					reading.dropped.push({ line, why: 'It stands outside the table of the transcript.' });
				}
			}
		}
	}
	return reading;
}

function linesOfBlock(block: DocumentBlock): NumberedLine[] {
	if (block.type === 'paragraph') {
		const { text, line } = block;
		return text.includes('\n') ? text.split('\n').map((each) => ({ text: each, line })) : [block];
	}
	return block.rows.flatMap(({ line, cells }) =>
		cells.flatMap((cell) => cell.split('\n')).map((text) => ({ text, line })),
	);
}
