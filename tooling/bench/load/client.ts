// Students who press Finish, in a process of their own. Reads a LoadPlan from stdin and prints one
// LoadResult as JSON.
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface LoadPlan {
	origin: string;
	link: string;
	codes: string[];
	load:
		| { type: 'rate'; perSecond: number }
		| { type: 'instant' }
		| { type: 'flight'; inFlight: number }
		/** Wrong codes at a rate, until the process is told to stop. */
		| { type: 'guess'; perSecond: number };
}

export interface LoadResult {
	/** How often each status was answered; 0 stands for a connection that broke. */
	statuses: Record<number, number>;
	seconds: number;
	/** Milliseconds from when each should have been sent to its answer. */
	p50: number;
	p99: number;
	max: number;
}

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const statuses: Record<number, number> = {};
const times: number[] = [];

const beginning = performance.now();
switch (plan.load.type) {
	case 'rate':
		await keepRate(plan.load.perSecond);
		break;
	case 'instant':
		await Promise.all(plan.codes.map((code) => finish(code, performance.now())));
		break;
	case 'flight':
		await keepInFlight(plan.load.inFlight);
		break;
	case 'guess':
		await guess(plan.load.perSecond);
		break;
}
const seconds = (performance.now() - beginning) / 1000;
agent.destroy();
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
const result: LoadResult = { statuses, seconds, p50: at(0.5), p99: at(0.99), max: at(1) };
process.stdout.write(JSON.stringify(result));

/** Sends at fixed moments, whether the server keeps up or not. */
async function keepRate(perSecond: number): Promise<void> {
	const pending: Promise<void>[] = [];
	for (const [index, code] of plan.codes.entries()) {
		const due = beginning + (index * 1000) / perSecond;
		await sleepUntil(due);
		pending.push(finish(code, due));
	}
	await Promise.all(pending);
}

async function keepInFlight(inFlight: number): Promise<void> {
	const left = plan.codes.values();
	await Promise.all(
		Array.from({ length: inFlight }, async () => {
			for (const code of left) {
				await finish(code, performance.now());
			}
		}),
	);
}

async function guess(perSecond: number): Promise<void> {
	let isStopped = false;
	process.once('SIGTERM', () => {
		isStopped = true;
	});
	for (let count = 0; !isStopped; count += 1) {
		const due = beginning + (count * 1000) / perSecond;
		await sleepUntil(due);
		const body = JSON.stringify({ code: wrongCode(), language: 'en' });
		void send(`/api/student/${plan.link}/start`, { body, due });
	}
}

/** Well formed, and made for nobody: the check character is right. */
function wrongCode(): string {
	const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	for (;;) {
		const code = Array.from(randomBytes(10), (byte) => alphabet.charAt(byte & 31)).join('');
		let value = 0;
		for (const character of code) {
			value = (value * 32 + alphabet.indexOf(character)) % 37;
		}
		const check = alphabet[value];
		if (check !== undefined) {
			return code + check;
		}
	}
}

function finish(code: string, due: number): Promise<void> {
	const body = JSON.stringify({ submissionId: randomBytes(16).toString('hex') });
	return send(`/api/student/${plan.link}/finish`, { body, due, code });
}

function send(
	path: string,
	{ body, due, code }: { body: string; due: number; code?: string },
): Promise<void> {
	return new Promise((resolve) => {
		const done = (status: number) => {
			statuses[status] = (statuses[status] ?? 0) + 1;
			times.push(performance.now() - due);
			resolve();
		};
		const headers = {
			origin: plan.origin,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			...(code !== undefined && { 'x-access-code': code }),
		};
		const req = request(new URL(path, plan.origin), { method: 'POST', agent, headers }, (res) => {
			res.resume();
			res.on('end', () => done(res.statusCode ?? 0));
			res.on('error', () => done(0));
		});
		req.on('error', () => done(0));
		req.end(body);
	});
}

async function sleepUntil(time: number): Promise<void> {
	const left = time - performance.now();
	if (left > 0) {
		await new Promise((resolve) => setTimeout(resolve, left));
	}
}
