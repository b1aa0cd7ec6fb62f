/**
 * Kills the program, or the whole of PostgreSQL, while students press Finish, one in ten of them twice
 * at once; students that were not told 'received' try again, as their page does. Then counts.
 *
 * node tooling/bench/faults/kills.ts [--api 50] [--embedded 50] [--postgres 20] [--control 5]
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { openDatabase } from '@throughline/db';
import { startPostgres, type TestServer } from '@throughline/db/testing/postgres';
import { root } from '../../stages/command.ts';

const STUDENTS_PER_KILL = 60;
const PER_SECOND = 80;
const EARLIEST_MS = 50;
const LATEST_MS = 700;
const TWICE = 0.1;
/** A busy machine takes its time to start a server again. */
const GIVE_UP_MS = 300_000;

interface Server {
	origin: string;
	kill(): Promise<void>;
}

interface Place {
	env: Record<string, string>;
	postgres: TestServer | null;
	remove(): Promise<void>;
}

interface Window {
	engagementId: string;
	windowId: string;
	link: string;
	codes: string[];
}

interface Outcome {
	fault: string;
	kills: number;
	acknowledged: number;
	duplicates: number;
	lost: number;
	doubled: number;
	damaged: number;
	recoveriesMs: number[];
}

/** Where students are sent now: another server after each kill. */
const current = { origin: '' };

async function makePlace(kind: 'embedded' | 'server', settings: string[] = []): Promise<Place> {
	const dataDir = await mkdtemp(join(tmpdir(), 'throughline-kills-'));
	const isControl = settings.length > 0;
	const postgres = kind === 'server' ? await startPostgres({ fsync: !isControl, settings }) : null;
	return {
		env: { DATA_DIR: dataDir, ...(postgres && { DATABASE_URL: postgres.url }) },
		postgres,
		async remove() {
			await postgres?.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** The real program without its pages; with the sample in an empty database. */
async function start(place: Place): Promise<Server> {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = process.env;
	const child = spawn(process.execPath, [join(root, 'apps/api/src/main.ts'), '--api-only'], {
		env: { ...env, ...place.env, PORT: '0', LOG_LEVEL: 'silent' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const gone = once(child, 'exit');
	const kill = async () => {
		child.kill('SIGKILL');
		await gone;
	};
	const ready = Promise.withResolvers<string>();
	// Read to its end: a program whose words nobody takes would end by itself.
	createInterface(child.stdout)
		.on('line', (line) => {
			const origin = /^Throughline is ready: (\S+)$/.exec(line)?.[1];
			if (origin !== undefined) {
				ready.resolve(origin);
			}
		})
		.on('close', () => ready.reject(new Error('The server ended before it was ready.')));
	return { origin: await ready.promise, kill };
}

async function script<Result>(place: Place, name: string, plan: object): Promise<Result> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[join(root, 'apps/api/src/testing', name), JSON.stringify(plan)],
		{ env: { ...process.env, ...place.env }, maxBuffer: 64 * 1024 * 1024 },
	);
	// Each script says what it prints.
	return JSON.parse(stdout) as Result;
}

/** What the server answered last, for the case that it never says 'received'. */
let lastAnswer = '';

/** True when the server said 'received'. */
async function send(link: string, code: string, submissionId: string): Promise<boolean> {
	try {
		const response = await fetch(`${current.origin}/api/student/${link}/finish`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			body: JSON.stringify({ submissionId }),
			signal: AbortSignal.timeout(10_000),
		});
		lastAnswer = `${response.status} ${await response.text()}`;
		return response.status === 200;
	} catch (error) {
		lastAnswer = String(error);
		return false;
	}
}

/** A student's page: tries until it is told 'received'. Gives when that was. */
async function finish(link: string, code: string, isTwice: boolean): Promise<number> {
	const submissionId = randomBytes(16).toString('hex');
	const deadline = performance.now() + GIVE_UP_MS;
	while (performance.now() < deadline) {
		const sent = [send(link, code, submissionId)];
		if (isTwice) {
			sent.push(send(link, code, submissionId));
		}
		if ((await Promise.all(sent)).includes(true)) {
			return performance.now();
		}
		await pause(100 + Math.random() * 300);
	}
	throw new Error(`A student was never told that the answers were received: ${lastAnswer}`);
}

/** Kills so often, each time among students who finish, and counts afterwards. */
async function storm(
	fault: string,
	place: Place,
	plan: { kills: number; strike(server: Server): Promise<Server> },
): Promise<Outcome> {
	let server = await start(place);
	const outcome: Outcome = {
		fault,
		kills: plan.kills,
		acknowledged: 0,
		duplicates: 0,
		lost: 0,
		doubled: 0,
		damaged: 0,
		recoveriesMs: [],
	};
	try {
		current.origin = server.origin;
		const students = plan.kills * STUDENTS_PER_KILL;
		const window = await script<Window>(place, 'seed-load.ts', { students, questions: 10 });
		// What the students begin from is on the disk in the control too.
		await checkpoint(place);
		for (let kill = 0; kill < plan.kills; kill += 1) {
			const codes = window.codes.slice(kill * STUDENTS_PER_KILL, (kill + 1) * STUDENTS_PER_KILL);
			const answered = codes.map(async (code, index) => {
				await pause((index * 1000) / PER_SECOND);
				const isTwice = Math.random() < TWICE;
				outcome.duplicates += isTwice ? 1 : 0;
				return await finish(window.link, code, isTwice);
			});
			await pause(EARLIEST_MS + Math.random() * (LATEST_MS - EARLIEST_MS));
			const struckAt = performance.now();
			server = await plan.strike(server);
			current.origin = server.origin;
			const recoveredAt = performance.now();
			const times = await Promise.all(answered);
			outcome.acknowledged += times.length;
			const first = Math.min(...times.filter((time) => time > recoveredAt), Infinity);
			const answering = Number.isFinite(first) ? first : recoveredAt;
			outcome.recoveriesMs.push(Math.round(answering - struckAt));
		}
		await server.kill();
		const key = { engagementId: window.engagementId, windowId: window.windowId };
		const found = await script<{ spent: number; envelopes: number; damaged: number }>(
			place,
			'check-load.ts',
			key,
		);
		outcome.lost = outcome.acknowledged - Math.min(found.spent, found.envelopes);
		outcome.doubled = Math.max(0, found.envelopes - found.spent);
		outcome.damaged = found.damaged;
		return outcome;
	} finally {
		await server.kill();
	}
}

async function checkpoint({ postgres }: Place): Promise<void> {
	if (postgres !== null) {
		const handle = await openDatabase({ databaseUrl: postgres.url }, { poolSize: 1 });
		await handle.pool.query('checkpoint');
		await handle.close();
	}
}

async function killProgram(kind: 'embedded' | 'server', kills: number): Promise<Outcome> {
	const place = await makePlace(kind);
	try {
		const name = kind === 'embedded' ? 'embedded' : `PostgreSQL ${place.postgres?.version}`;
		return await storm(`kill -9 of the program, ${name}`, place, {
			kills,
			async strike(server) {
				await server.kill();
				return await start(place);
			},
		});
	} finally {
		await place.remove();
	}
}

async function killPostgres(fault: string, kills: number, settings: string[]): Promise<Outcome> {
	const place = await makePlace('server', settings);
	try {
		return await storm(fault, place, {
			kills,
			async strike(server) {
				await place.postgres?.crash();
				return server;
			},
		});
	} finally {
		await place.remove();
	}
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

function row({ recoveriesMs, ...outcome }: Outcome): string {
	const sorted = recoveriesMs.toSorted((a, b) => a - b);
	const median = sorted[sorted.length >> 1] ?? 0;
	const { fault, kills, acknowledged, duplicates, lost, doubled, damaged } = outcome;
	return `| ${[fault, kills, acknowledged, duplicates, lost, doubled, damaged, median, sorted.at(-1) ?? 0].join(' | ')} |`;
}

const { values } = parseArgs({
	options: {
		api: { type: 'string', default: '50' },
		embedded: { type: 'string', default: '50' },
		postgres: { type: 'string', default: '20' },
		control: { type: 'string', default: '5' },
	},
});
const runs: [number, () => Promise<Outcome>][] = [
	[Number(values.api), () => killProgram('server', Number(values.api))],
	[Number(values.embedded), () => killProgram('embedded', Number(values.embedded))],
	[
		Number(values.postgres),
		() => killPostgres('kill -9 of PostgreSQL', Number(values.postgres), []),
	],
	[
		Number(values.control),
		() =>
			killPostgres('the same, nobody waiting for the disk (the control)', Number(values.control), [
				'synchronous_commit=off',
				'wal_writer_delay=10s',
			]),
	],
];
console.log(
	'| fault | times | acknowledged | sent twice | lost | doubled | damaged | answers again after (median, ms) | at most |',
);
for (const [kills, run] of runs) {
	if (kills > 0) {
		console.log(
			await run().then(
				row,
				(error: unknown) => `not run: ${error instanceof Error ? error.message : String(error)}`,
			),
		);
	}
}
