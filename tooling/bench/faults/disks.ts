/**
 * Fills the disk under the database, or lets every sync of it fail with EIO, while students press
 * Finish; ends that, starts what ended anew, lets everybody who was not told 'received' try again, and
 * counts.
 *
 * node tooling/bench/faults/disks.ts; root and Linux: the disk is a small one in memory, and strace
 * stands between the programs and the kernel.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	checkpoint,
	current,
	makePlace,
	type Place,
	script,
	send,
	type Server,
	start,
	type Window,
} from './place.ts';

const STUDENTS = 160;
const AT_ONCE = 16;
const DISK = '900m';
const ROUNDS = 60;

/** Makes a disk bad; what it gives makes it good again. */
type Fault = (under: {
	place: Place;
	server: Server;
	disk: string;
}) => Promise<() => Promise<void>>;

interface Outcome {
	meanwhile: number;
	refused: number;
	acknowledged: number;
	lost: number;
	doubled: number;
	damaged: number;
}

function run(program: string, ...args: string[]): void {
	const done = spawnSync(program, args, { encoding: 'utf8' });
	if (done.status !== 0) {
		throw new Error(`${program}: ${done.error?.message ?? done.stderr.trim()}`);
	}
}

/** Takes every byte there is, and every one that is given back while it lasts. */
const full: Fault = async ({ disk }) => {
	const path = join(disk, 'ballast');
	const file = await open(path, 'w');
	const block = Buffer.alloc(64 * 1024);
	let isOver = false;
	const takeAll = async () => {
		const { bavail, bsize } = await statfs(disk);
		for (let rest = bavail * bsize; rest > 0; rest -= block.length) {
			// Somebody else may have taken it first.
			await file.write(block, 0, Math.min(rest, block.length)).catch(() => {});
		}
	};
	await takeAll();
	const taking = (async () => {
		while (!isOver) {
			await takeAll();
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})();
	return async () => {
		isOver = true;
		await taking;
		await file.close();
		await rm(path);
	};
};

const refusing: Fault = async ({ place, server }) => {
	const pids = place.postgres === null ? [server.pid] : await postgresOf(place.postgres.url);
	const calls = 'fsync,fdatasync,sync_file_range,msync';
	const parameters = ['-f', '-qq', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`];
	const strace = spawn('strace', [...parameters, ...pids.flatMap((pid) => ['-p', String(pid)])], {
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	const gone = once(strace, 'exit');
	// It says nothing when it holds them; a second is more than it takes.
	await new Promise((resolve) => setTimeout(resolve, 1000));
	if (strace.exitCode !== null) {
		throw new Error('strace may not hold these processes here');
	}
	return async () => {
		strace.kill('SIGKILL');
		await gone;
	};
};

/** Every process of a PostgreSQL server, by the folder its socket lies in. */
async function postgresOf(url: string): Promise<number[]> {
	const folder = new URL(url).searchParams.get('host') ?? '';
	const [first = ''] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
	const pids = [Number(first)];
	for (const name of await readdir('/proc')) {
		const stat = await readFile(join('/proc', name, 'stat'), 'utf8').catch(() => '');
		if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === first) {
			pids.push(Number(name));
		}
	}
	return pids;
}

/** Each of them tries once. Gives those who were not told 'received'. */
async function tryOnce(
	link: string,
	students: readonly { code: string; submissionId: string }[],
): Promise<{ code: string; submissionId: string }[]> {
	const left = students.values();
	const refused: { code: string; submissionId: string }[] = [];
	const one = async () => {
		for (const student of left) {
			if (!(await send(link, student.code, student.submissionId))) {
				refused.push(student);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, one));
	return refused;
}

async function underFault(
	kind: 'embedded' | 'server',
	{ disk, fault }: { disk: string; fault: Fault },
): Promise<Outcome> {
	process.env['TMPDIR'] = disk;
	const place = await makePlace(kind);
	let server = await start(place);
	try {
		current.origin = server.origin;
		const window = await script<Window>(place, 'seed-load.ts', {
			students: STUDENTS,
			questions: 10,
		});
		await checkpoint(place);
		const students = window.codes.map((code) => ({
			code,
			submissionId: randomBytes(16).toString('hex'),
		}));
		const mend = await fault({ place, server, disk });
		let waiting = await tryOnce(window.link, students);
		const refused = waiting.length;
		await mend();
		await server.kill();
		await place.postgres?.crash();
		server = await start(place);
		current.origin = server.origin;
		for (let round = 0; waiting.length > 0 && round < ROUNDS; round += 1) {
			waiting = await tryOnce(window.link, waiting);
		}
		if (waiting.length > 0) {
			throw new Error(
				`${waiting.length} students were never told 'received': ${current.lastAnswer}`,
			);
		}
		await server.kill();
		const key = { engagementId: window.engagementId, windowId: window.windowId };
		const found = await script<{ spent: number; envelopes: number; damaged: number }>(
			place,
			'check-load.ts',
			key,
		);
		return {
			meanwhile: STUDENTS - refused,
			refused,
			acknowledged: STUDENTS,
			lost: STUDENTS - Math.min(found.spent, found.envelopes),
			doubled: Math.max(0, found.envelopes - found.spent),
			damaged: found.damaged,
		};
	} finally {
		await server.kill();
		await place.remove();
	}
}

async function main(): Promise<void> {
	if (process.getuid?.() !== 0 || process.platform !== 'linux') {
		console.log('not run: a full disk needs Linux and root, to mount a small one.');
		return;
	}
	console.log(
		'| fault | acknowledged meanwhile | refused meanwhile | acknowledged in the end | lost | doubled | damaged |',
	);
	for (const [name, fault] of [
		['disk full', full],
		['every sync refused (EIO)', refusing],
	] as const) {
		for (const kind of ['server', 'embedded'] as const) {
			await onSmallDisk(`${name}, ${kind}`, (disk) => underFault(kind, { disk, fault }));
		}
	}
}

async function onSmallDisk(name: string, work: (disk: string) => Promise<Outcome>): Promise<void> {
	const disk = await mkdtemp(join(tmpdir(), 'throughline-disk-'));
	try {
		run('mount', '-t', 'tmpfs', '-o', `size=${DISK},mode=0755`, 'tmpfs', disk);
		try {
			console.log(`| ${[name, ...Object.values(await work(disk))].join(' | ')} |`);
		} finally {
			delete process.env['TMPDIR'];
			run('umount', '-l', disk);
		}
	} catch (error) {
		console.log(`${name}: not run: ${error instanceof Error ? error.message : String(error)}`);
	} finally {
		await rm(disk, { recursive: true, force: true });
	}
}

await main();
