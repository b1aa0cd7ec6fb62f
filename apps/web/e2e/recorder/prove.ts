/**
 * Kills browsers at random moments of three-minute recordings, cuts uploads off at random bytes,
 * and writes what came of it into docs/recorder-proof.md. About forty minutes:
 * `npm run prove:recorder --workspace apps/web -- [--kills 40] [--uploads 20] [--parallel 4]`
 * With `--kills 0` or `--uploads 0` that table stays as it is. Ends with 1 when a run was not good.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Running, startThroughline } from '../start-throughline.ts';
import { startBrowser, writeSound } from './browser.ts';
import { type KillRun, killRun } from './kill-run.ts';
import { isGoodKill, isGoodUpload, type Outcome, writeKills, writeUploads } from './report.ts';
import { openRoom, signIn } from './room.ts';
import { serveHarness } from './serve-harness.ts';
import { type Cut, type UploadRun, uploadRun } from './upload-run.ts';

const LONGEST_MS = 180_000;
/** On top of the recording: two starts of a browser, an upload, a decoding, on a busy machine. */
const PATIENCE_MS = 240_000;
const SENT_SECONDS = 130;
const BYTES_A_SECOND = 2_000_000;

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '40' },
		uploads: { type: 'string', default: '20' },
		parallel: { type: 'string', default: '4' },
	},
});
const [killCount, uploadCount, parallel] = [values.kills, values.uploads, values.parallel].map(
	Number,
) as [number, number, number]; // as many as were mapped

const folder = await mkdtemp(join(tmpdir(), 'throughline-proof-'));
const dataDir = join(folder, 'data');
let server: Running = await startThroughline(dataDir);
const port = Number(new URL(server.origin).port);
const harness = await serveHarness(server.origin);
const { origin } = harness;
const sound = join(folder, 'sound.wav');
await writeSound(sound);
const setup = await startBrowser(join(folder, 'setup'), sound);
await signIn(setup.page.context(), server.origin);
const room = await openRoom(setup.page.context(), server.origin);

const problems: string[] = [];
try {
	if (killCount > 0) {
		const kills = await proveKills();
		await writeKills(kills, { longestSeconds: LONGEST_MS / 1000, parallel });
		problems.push(...kills.filter((each) => !isGoodKill(each)).map(asLine));
	}
	if (uploadCount > 0) {
		const uploads = await proveUploads();
		await writeUploads(uploads, { bytesASecond: BYTES_A_SECOND });
		problems.push(...uploads.filter((each) => !isGoodUpload(each)).map(asLine));
	}
} finally {
	await setup.kill();
	await harness.close();
	await server.stop();
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(
	problems.length === 0 ? 'Every run was good.\n' : `Not good:\n${problems.join('\n')}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** So many recordings, each killed at a random moment; `parallel` of them at any time. */
async function proveKills(): Promise<Outcome<KillRun>[]> {
	const waiting = Array.from({ length: killCount }, () => randomInt(1000, LONGEST_MS));
	const done: Outcome<KillRun>[] = [];
	async function worker(): Promise<void> {
		for (let killAfterMs = waiting.pop(); killAfterMs; killAfterMs = waiting.pop()) {
			const setting = { room, origin, dataDir, sound, killAfterMs };
			const outcome = await outcomeOf(killRun(setting), killAfterMs + PATIENCE_MS);
			done.push(outcome);
			process.stderr.write(`kill ${done.length}: ${asLine(outcome)}\n`);
		}
	}
	await Promise.all(Array.from({ length: parallel }, worker));
	return done;
}

/** One after the other, for each kills the server: the network goes first, or the server does. */
async function proveUploads(): Promise<Outcome<UploadRun>[]> {
	const path = join(folder, 'sent.wav');
	await writeSound(path, { seconds: SENT_SECONDS });
	const file = await readFile(path);
	const { page } = setup;
	await signIn(page.context(), origin);
	await page.goto(origin);
	const done: Outcome<UploadRun>[] = [];
	for (let number = 0; number < uploadCount; number += 1) {
		const half = Math.floor(file.length / 2);
		const kinds: Cut['kind'][] = number % 2 === 0 ? ['network', 'server'] : ['server', 'network'];
		const bytes = [randomInt(1, half), randomInt(half + 1, file.length - 1)];
		const cuts = kinds.map((kind, index) => ({ kind, atByte: bytes[index] ?? 0 }));
		const setting = { page, room, harness, dataDir, file, speed: BYTES_A_SECOND, cuts };
		const outcome = await outcomeOf(uploadRun({ ...setting, restartServer }), PATIENCE_MS);
		done.push(outcome);
		process.stderr.write(`upload ${done.length}: ${asLine(outcome)}\n`);
	}
	return done;
}

async function restartServer(): Promise<void> {
	await server.kill();
	server = await startThroughline(dataDir, { port });
}

async function outcomeOf<Run>(work: Promise<Run>, patienceMs: number): Promise<Outcome<Run>> {
	const over = Promise.withResolvers<never>();
	const timer = setTimeout(() => over.reject(new Error('It did not end.')), patienceMs);
	try {
		return { run: await Promise.race([work, over.promise]) };
	} catch (error) {
		return {
			problem: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
		};
	} finally {
		clearTimeout(timer);
	}
}

function asLine(outcome: Outcome<unknown>): string {
	return JSON.stringify(outcome);
}
