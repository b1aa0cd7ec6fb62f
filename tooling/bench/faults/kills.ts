/**
 * Kills the program, or the whole of PostgreSQL, while students press Finish, one in ten of them twice
 * at once; students that were not told 'received' try again, as their page does. Then counts.
 *
 * node tooling/bench/faults/kills.ts [--api 50] [--embedded 50] [--postgres 20] [--control 5]
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
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

const STUDENTS_PER_KILL = 60;
const PER_SECOND = 80;
const EARLIEST_MS = 50;
const LATEST_MS = 700;
const TWICE = 0.1;
/** A busy machine takes its time to start a server again. */
const GIVE_UP_MS = 300_000;

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
	throw new Error(`A student was never told that the answers were received: ${current.lastAnswer}`);
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
