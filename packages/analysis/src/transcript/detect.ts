import { type TranscriptFormat, UnreadableError } from './transcript.ts';

const BY_EXTENSION: Readonly<Record<string, TranscriptFormat>> = {
	vtt: 'webvtt',
	webvtt: 'webvtt',
	srt: 'srt',
	csv: 'csv',
	tsv: 'csv',
	json: 'json',
	jsonl: 'json',
	ndjson: 'json',
};

/** What a text is: by its first lines where they are sure, otherwise by the file's name. @throws UnreadableError */
export function detectFormat(text: string, fileName: string): TranscriptFormat {
	if (/^\s*<(?:\?xml|!doctype|tt|html)\b/i.test(text.slice(0, 200))) {
		throw new UnreadableError(
			1,
			'This is a page or XML (such as TTML). Export the transcript as WebVTT, SRT or text.',
		);
	}
	const named = BY_EXTENSION[extensionOf(fileName)];
	const head = text.slice(0, 4_000);
	if (/^WEBVTT(?:[ \t\r\n]|$)/.test(head)) {
		return 'webvtt';
	}
	if (named !== undefined) {
		return named;
	}
	if (/^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(head)) {
		return 'json';
	}
	if (/^\s*(?:\d+[ \t]*\r?\n\s*\d+:\d+:\d+[,.]|\d+:\d+:\d+,)\d+[ \t]*-->/.test(head)) {
		return 'srt';
	}
	return isTable(head) ? 'csv' : 'text';
}

function extensionOf(fileName: string): string {
	return /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** A first line that names columns, one of them the words. */
function isTable(head: string): boolean {
	const first = /^[^\r\n]*/.exec(head)?.[0] ?? '';
	const columns = first.split(/[,;\t]/).map((column) => column.trim().replaceAll('"', ''));
	const isText = (column: string) =>
		/^(?:text|words|transcript|utterance|comment|content|sentence|texto)$/i.test(column);
	return columns.length > 1 && columns.some(isText);
}
