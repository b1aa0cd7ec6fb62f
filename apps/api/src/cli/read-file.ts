import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { type Io, UsageError } from './command.ts';

const WHY: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'it is a folder',
	EACCES: 'this user may not read it',
};
const utf8 = new TextDecoder('utf-8', { fatal: true });
const NEWLINE = 0x0a;

/**
 * The text of a file the person named, without a byte order mark.
 * @throws UsageError when it cannot be read, or naming the first line that is not UTF-8.
 */
export async function readText(io: Pick<Io, 'path'>, file: string): Promise<string> {
	const bytes = await readBytes(io, file);
	try {
		return utf8.decode(bytes);
	} catch (error) {
		const words = 'is not UTF-8. Save the file again as UTF-8';
		throw new UsageError(`${file}, line ${firstLineNotUtf8(bytes)} ${words}.`, { cause: error });
	}
}

function firstLineNotUtf8(bytes: Buffer): number {
	let line = 1;
	let start = 0;
	for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
		if (!isUtf8(bytes.subarray(start, end))) {
			return line;
		}
		start = end + 1;
		line += 1;
	}
	return line;
}

/** What a file the person named holds. @throws UsageError when it cannot be read. */
export async function readBytes(io: Pick<Io, 'path'>, file: string): Promise<Buffer> {
	try {
		return await readFile(io.path(file));
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		throw new UsageError(`${file} cannot be read: ${WHY[code] ?? code}.`, { cause: error });
	}
}

/** The JSON in a file the person named. @throws UsageError when it is none. */
export async function readJson(io: Pick<Io, 'path'>, file: string): Promise<unknown> {
	return parseJson(await readText(io, file), file);
}

/** One value of a JSON Lines file, and the line it stands on. */
export interface JsonLine {
	line: number;
	value: unknown;
}

/** One value per line that is not blank. @throws UsageError naming the line that is no JSON. */
export async function readJsonLines(io: Pick<Io, 'path'>, file: string): Promise<JsonLine[]> {
	const lines = (await readText(io, file)).split('\n');
	return lines.flatMap((text, index) => {
		const line = index + 1;
		return text.trim() === '' ? [] : [{ line, value: parseJson(text, `${file}, line ${line}`) }];
	});
}

/** @param where named when the text is no JSON. @throws UsageError */
export function parseJson(text: string, where: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new UsageError(`${where} is not JSON: ${why}.`, { cause: error });
	}
}
