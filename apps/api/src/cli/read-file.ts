import { readFile } from 'node:fs/promises';
import { type Io, UsageError } from './command.ts';

const WHY: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'it is a folder',
	EACCES: 'this user may not read it',
};

/** The text of a file the person named. @throws UsageError when it cannot be read. */
export async function readText(io: Pick<Io, 'path'>, file: string): Promise<string> {
	return (await readBytes(io, file)).toString('utf8');
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

/** One value per line that is not blank. @throws UsageError naming the line that is no JSON. */
export async function readJsonLines(io: Pick<Io, 'path'>, file: string): Promise<unknown[]> {
	const lines = (await readText(io, file)).split('\n');
	return lines.flatMap((line, index) =>
		line.trim() === '' ? [] : [parseJson(line, `${file}, line ${index + 1}`)],
	);
}

/** @param where named when the text is no JSON. @throws UsageError */
export function parseJson(text: string, where: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new UsageError(`${where} is not JSON: ${why}.`, { cause: error });
	}
}
