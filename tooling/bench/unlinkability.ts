/**
 * Every attack on an opened window, on both databases, beside the control that must be found:
 * `npm run bench -- unlinkability`. The attacks are described in docs/privacy.md.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../stages/command.ts';
import type { BenchRow } from './suggestions.ts';

/** What the program of the API prints. */
interface DatabaseResults {
	database: string;
	results: (Measured | { id: string; attack: string; notRun: string })[];
	times?: { firstMs: number; againMs: number; p: number; controlP: number };
}

interface Measured {
	id: string;
	attack: string;
	matched: number;
	of: number;
	bound: number;
	control: { what: string; matched: number; of: number; atLeast: number };
}

const PROGRAM = 'apps/api/src/unlinkability/main.ts';
/** As likely as this by chance, times are not told apart. */
const LEAST_P = 0.01;

/** A row per attack and database: matched, at most chance and three sigma; the control as a note. */
export async function benchUnlinkability(): Promise<BenchRow[]> {
	const done = await promisify(execFile)(process.execPath, [join(root, PROGRAM)], {
		cwd: root,
		maxBuffer: 16 * 1024 * 1024,
	});
	// The program's own output.
	const all = JSON.parse(done.stdout) as DatabaseResults[];
	return all.flatMap(({ database, results, times }) => [
		...results.map((result) => rowOf(database, result)),
		...(times ? [timesRow(database, times)] : []),
	]);
}

function rowOf(database: string, result: DatabaseResults['results'][number]): BenchRow {
	const name = `${result.id} ${result.attack}, ${database}`;
	if ('notRun' in result) {
		return { name, figure: NaN, unit: '', note: `not run: ${result.notRun}` };
	}
	const { matched, of, bound, control } = result;
	const found = `control: ${control.matched} of ${control.of} (${control.what})`;
	if (control.matched < control.atLeast) {
		// Blind: whatever the attack found of ours says nothing.
		return { name, figure: control.matched, unit: 'of the control', floor: control.atLeast };
	}
	return { name, figure: matched, unit: `of ${of}`, limit: bound, note: found };
}

function timesRow(database: string, times: NonNullable<DatabaseResults['times']>): BenchRow {
	const { firstMs, againMs, p, controlP } = times;
	return {
		name: `U12 time of a first and a repeated Finish, ${database}`,
		figure: p,
		unit: 'p',
		floor: LEAST_P,
		note: `medians ${firstMs.toFixed(1)} and ${againMs.toFixed(1)} ms; control, 10 ms slower: p ${controlP.toExponential(0)}`,
	};
}
