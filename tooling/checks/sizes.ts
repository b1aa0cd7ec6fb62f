import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stages/command.ts';
import { listSources } from './sources.ts';

const LIMIT = 300;
const HARD_LIMIT = 400;
const EXCEPTIONS = 'tooling/size-exceptions.txt';

/**
 * Files longer than 300 lines, unless tooling/size-exceptions.txt gives a reason; above 400 only
 * with 'any length' in the reason. An exception that is no longer needed is a problem too.
 */
export async function checkSizes(): Promise<string[]> {
	const reasons = await readExceptions();
	const problems: string[] = [];
	for (const file of await listSources()) {
		const lines = (await readFile(join(root, file), 'utf8')).trimEnd().split('\n').length;
		const reason = reasons.get(file);
		reasons.delete(file);
		if (lines <= LIMIT && reason !== undefined) {
			problems.push(`${file} has ${lines} lines: take it out of ${EXCEPTIONS}.`);
		}
		if (lines > LIMIT && reason === undefined) {
			problems.push(
				`${file} has ${lines} lines, more than ${LIMIT}. Split it by what its parts are about, or give the reason in ${EXCEPTIONS}.`,
			);
		}
		if (lines > HARD_LIMIT && reason !== undefined && !reason.includes('any length')) {
			problems.push(`${file} has ${lines} lines, more than ${HARD_LIMIT}, whatever the reason.`);
		}
	}
	const gone = [...reasons.keys()].map(
		(file) => `${EXCEPTIONS} names ${file}, which is not there.`,
	);
	return [...problems, ...gone];
}

async function readExceptions(): Promise<Map<string, string>> {
	const text = await readFile(join(root, EXCEPTIONS), 'utf8');
	const rows = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
	return new Map(
		rows.map((row) => {
			const [file = '', ...reason] = row.split(':');
			return [file.trim(), reason.join(':').trim()];
		}),
	);
}
