/**
 * Cuts the power under the embedded database, as far as one machine can: the data folder lies on a file
 * system of its own in a file; the writer is frozen, that file copied as it is (what only the kernel
 * knew is not in it), and the copy mounted, opened and compared with what was acknowledged.
 *
 * node tooling/bench/faults/power-cuts.ts [CUTS]; root and Linux.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDatabase } from '@throughline/db';

const WRITER = join(import.meta.dirname, '../../../packages/db/src/testing/data-folder-process.ts');
const SHORTEST_MS = 500;
const LONGEST_MS = 3_000;

interface Cut {
	acknowledged: number;
	lost: number;
	/** Null when it could not be opened. */
	openedInMs: number | null;
}

interface Machine {
	folder: string;
	/** A file system with a database nobody has written to. */
	template: string;
	mountPoint: string;
}

/** Runs a program; its error output is the error. */
function run(program: string, ...args: string[]): void {
	const done = spawnSync(program, args, { encoding: 'utf8' });
	if (done.status !== 0) {
		throw new Error(`${program}: ${done.error?.message ?? done.stderr.trim()}`);
	}
}

async function prepare(): Promise<Machine> {
	const folder = await mkdtemp(join(tmpdir(), 'throughline-power-'));
	const machine = {
		folder,
		template: join(folder, 'template.img'),
		mountPoint: join(folder, 'mounted'),
	};
	await mkdir(machine.mountPoint);
	run('truncate', '-s', '400M', machine.template);
	run('mkfs.ext4', '-q', machine.template);
	await mounted(machine, machine.template, async (dataDir) => {
		const handle = await openDatabase({ dataDir });
		await handle.pool.query('create table written (id int primary key)');
		await handle.close();
	});
	return machine;
}

async function mounted<Result>(
	{ mountPoint }: Machine,
	image: string,
	work: (dataDir: string) => Promise<Result>,
): Promise<Result> {
	run('mount', '-o', 'loop', image, mountPoint);
	try {
		return await work(join(mountPoint, 'data'));
	} finally {
		run('umount', mountPoint);
	}
}

async function cutOnce(machine: Machine, task: 'write' | 'write-durably'): Promise<Cut> {
	const image = join(machine.folder, 'live.img');
	const copy = join(machine.folder, 'copy.img');
	await copyFile(machine.template, image);
	const acknowledged = await mounted(machine, image, async (dataDir) => {
		const child = spawn(process.execPath, [WRITER, task, dataDir], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		let rows = 0;
		const isWriting = Promise.withResolvers<void>();
		createInterface(child.stdout).on('line', (line) => {
			if (line.includes('"row"')) {
				rows += 1;
				isWriting.resolve();
			}
		});
		await isWriting.promise;
		const ms = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
		await new Promise((resolve) => setTimeout(resolve, ms));
		child.kill('SIGSTOP');
		// What was said before the cut may still be in the pipe.
		await new Promise((resolve) => setTimeout(resolve, 300));
		run('cp', '--sparse=always', image, copy);
		const gone = once(child, 'exit');
		child.kill('SIGKILL');
		await gone;
		return rows;
	});
	const found = await mounted(machine, copy, async (dataDir) => {
		const beganAt = performance.now();
		const handle = await openDatabase({ dataDir }).catch((error: unknown) => {
			console.log(String(error));
			return null;
		});
		if (handle === null) {
			return { rows: 0, openedInMs: null };
		}
		const openedInMs = Math.round(performance.now() - beganAt);
		const answer = await handle.pool.query<{ n: number }>('select count(*)::int as n from written');
		await handle.close();
		return { rows: answer.rows[0]?.n ?? 0, openedInMs };
	});
	return {
		acknowledged,
		lost: Math.max(0, acknowledged - found.rows),
		openedInMs: found.openedInMs,
	};
}

async function main(cuts: number): Promise<void> {
	if (process.getuid?.() !== 0 || process.platform !== 'linux') {
		console.log('not run: power cuts need Linux and root, to mount a file system.');
		return;
	}
	const machine = await prepare();
	try {
		for (const [task, name] of [
			['write-durably', 'as Throughline does'],
			['write', 'control: the engine alone'],
		] as const) {
			const done: Cut[] = [];
			for (let cut = 0; cut < cuts; cut += 1) {
				const result = await cutOnce(machine, task);
				console.log(name, JSON.stringify(result));
				done.push(result);
			}
			const sum = (of: (cut: Cut) => number) => done.reduce((total, cut) => total + of(cut), 0);
			console.log(
				`${name}: ${done.length} cuts, ${sum((cut) => cut.acknowledged)} acknowledged, ${sum((cut) => cut.lost)} lost in ${done.filter(({ lost }) => lost > 0).length} cuts, ${done.filter(({ openedInMs }) => openedInMs === null).length} could not be opened, the others opened in at most ${Math.max(...done.map(({ openedInMs }) => openedInMs ?? 0))} ms`,
			);
		}
	} finally {
		await rm(machine.folder, { recursive: true, force: true });
	}
}

await main(Number(process.argv[2] ?? 20));
