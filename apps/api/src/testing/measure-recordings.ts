/**
 * How fast a recording is sent and prepared, as JSON on stdout: `node measure-recordings.ts`.
 * Run by tooling/bench/recordings.ts in a process of its own.
 */
import { getRequestListener } from '@hono/node-server';
import { migrate, openDatabase } from '@throughline/db';
import { insertDevice } from '@throughline/db/queries/project-device';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../config.ts';
import { hashDeviceToken } from '../dialogs/device-of.ts';
import { isFfmpeg } from '../recordings/ffmpeg.ts';
import { prepareAudio } from '../recordings/prepare-audio.ts';
import { seedDialogRoom } from './seed-dialog-room.ts';
import { staff, testApp } from './test-app.ts';

const MB = 1024 * 1024;
const SENT_MB = 64;
/** As the recorder sends: upload-recording.ts. */
const PART = MB;
const ROUNDS = 5;
const SEGMENTS = 6;
const SEGMENT_SECONDS = 600;

const folder = await mkdtemp(join(tmpdir(), 'throughline-measure-'));
try {
	const sending = await measureSending();
	const hour = (await isFfmpeg('ffmpeg')) ? await measureHour() : null;
	process.stdout.write(`${JSON.stringify({ sending, hour })}\n`);
} finally {
	await rm(folder, { recursive: true, force: true });
}

/** Megabytes a second: the same bytes by tus through the whole API, and by a bare PUT to a file. */
async function measureSending(): Promise<{ tus: number; put: number }> {
	const handle = await openDatabase(
		{ dataDir: join(folder, 'data') },
		{
			purpose: 'server',
			onFatal: (error) => {
				throw error;
			},
		},
	);
	await migrate(handle.db);
	const config = readConfig(
		{ LOG_LEVEL: 'silent', DATA_DIR: join(folder, 'data') },
		{ isSampleWanted: false },
	);
	const sut = testApp(handle.db, { config });
	const room = await seedDialogRoom(handle.db);
	await handle.db.updateTable('dialog_session').set({ recording_mode: 'audio' }).execute();
	sut.signInAs(staff(room.leadId, room.engagementId, ['facilitator']));
	const token = randomUUID();
	await insertDevice(handle.db, {
		engagementId: room.engagementId,
		id: randomUUID(),
		label: 'Tablet',
		personId: room.leadId,
		tokenHash: hashDeviceToken(token),
	});
	const api = await listen(getRequestListener(sut.app.fetch, { overrideGlobalObjects: false }));
	const plain = await listen((req, res) => {
		void pipeline(req, createWriteStream(join(folder, 'put'))).then(() => res.end());
	});
	const bytes = randomBytes(SENT_MB * MB);
	const tus: number[] = [];
	const put: number[] = [];
	// One after the other in every round: whatever else the machine does, both feel it.
	for (let round = 0; round < ROUNDS; round += 1) {
		tus.push(await rate(() => sendByTus(api.origin, { room, token, bytes })));
		put.push(
			await rate(async () => {
				await fetch(plain.origin, { method: 'PUT', body: bytes });
			}),
		);
	}
	api.close();
	plain.close();
	await handle.close();
	return { tus: median(tus), put: median(put) };
}

async function sendByTus(
	origin: string,
	{
		room,
		token,
		bytes,
	}: { room: { engagementId: string; sessionId: string }; token: string; bytes: Buffer },
): Promise<void> {
	const id = randomUUID();
	const base = `${origin}/api/engagements/${room.engagementId}`;
	const headers = { 'x-throughline-device': token, 'tus-resumable': '1.0.0' };
	await expectOk(
		fetch(`${base}/dialogs/${room.sessionId}/recordings`, {
			method: 'POST',
			headers: { ...headers, 'content-type': 'application/json' },
			body: JSON.stringify({
				id,
				source: 'device',
				mime: 'audio/webm',
				label: '',
				tableNo: null,
				startedAt: '2026-01-15T15:00:00Z',
				offsetMs: 0,
				manifest: { slices: [], gaps: [] },
				cuts: [],
			}),
		}),
	);
	const url = `${base}/uploads/${id}`;
	await expectOk(
		fetch(url, { method: 'POST', headers: { ...headers, 'upload-length': String(bytes.length) } }),
	);
	for (let at = 0; at < bytes.length; at += PART) {
		await expectOk(
			fetch(url, {
				method: 'PATCH',
				headers: {
					...headers,
					'upload-offset': String(at),
					'content-type': 'application/offset+octet-stream',
				},
				body: Uint8Array.from(bytes.subarray(at, at + PART)),
			}),
		);
	}
}

/** Seconds to stitch, encode and measure an hour in six segments, and what it comes to. */
async function measureHour(): Promise<{ seconds: number; peaks: number; bytes: number }> {
	const original = join(folder, 'original.webm');
	const source = ['-f', 'lavfi', '-i', `anoisesrc=d=${SEGMENT_SECONDS}:a=0.1:c=pink:r=48000`];
	const codec = ['-c:a', 'libopus', '-b:a', '32k', '-compression_level', '3'];
	const made = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', ...source, ...codec, original]);
	if (made.status !== 0) {
		throw new Error(made.stderr.toString());
	}
	const { size } = await stat(original);
	const to = join(folder, 'playable.webm');
	const began = performance.now();
	const { peaks } = await prepareAudio('ffmpeg', {
		sources: [
			{
				original,
				segments: Array.from({ length: SEGMENTS }, (_, segment) => ({
					from: 0,
					to: size,
					startMs: segment * SEGMENT_SECONDS * 1000,
					endMs: (segment + 1) * SEGMENT_SECONDS * 1000,
				})),
				silenced: [{ startMs: 60_000, endMs: 120_000 }],
				closed: [],
			},
		],
		to,
		signal: new AbortController().signal,
		onProgress: () => undefined,
	});
	const seconds = (performance.now() - began) / 1000;
	return { seconds, peaks: peaks.length, bytes: (await stat(to)).size };
}

async function listen(listener: RequestListener): Promise<{ origin: string; close(): void }> {
	const server = createServer(listener);
	const listening = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', () => listening.resolve());
	await listening.promise;
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function rate(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return SENT_MB / ((performance.now() - began) / 1000);
}

async function expectOk(answer: Promise<Response>): Promise<void> {
	const response = await answer;
	if (!response.ok) {
		throw new Error(`${response.status}: ${await response.text()}`);
	}
	await response.arrayBuffer();
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
