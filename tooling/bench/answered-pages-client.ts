// The students of the benchmark, in a process of their own. Takes a Plan as its argument and prints
// one Result as JSON.
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Plan {
	origin: string;
	survey: string;
	codes: string[];
	load:
		| { type: 'rate'; perSecond: number; warmUpSeconds: number; seconds: number }
		| { type: 'burst'; pages: number };
}

export interface Result {
	/** Answered pages. */
	pages: number;
	/** From the first to the last of them. */
	seconds: number;
	/** Milliseconds from when each should have been sent to its next page being there. */
	p50: number;
	p99: number;
	max: number;
}

interface Student {
	cookie: string;
	/** The page they are on. */
	path: string;
	html: string;
	/** Resolves when the page before is done: nobody sends two at once. */
	ready: Promise<void>;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const { origin } = plan;

const students: Student[] = [];
for (let start = 0; start < plan.codes.length; start += 20) {
	const group = plan.codes.slice(start, start + 20);
	students.push(...(await Promise.all(group.map(signIn))));
}
const result = plan.load.type === 'rate' ? await keepRate(plan.load) : await burst(plan.load);
process.stdout.write(JSON.stringify(result));
agent.destroy();

/** Sends pages at fixed moments, whether the server keeps up or not. */
async function keepRate(load: Extract<Plan['load'], { type: 'rate' }>): Promise<Result> {
	const gap = 1000 / load.perSecond;
	const warmUp = Math.round(load.perSecond * load.warmUpSeconds);
	const total = warmUp + Math.round(load.perSecond * load.seconds);
	const beginning = performance.now() + 100;
	const times: number[] = [];
	const pending: Promise<void>[] = [];
	for (let index = 0; index < total; index += 1) {
		const due = beginning + index * gap;
		await sleepUntil(due);
		// The list is not empty and the index within it.
		const student = students[index % students.length]!;
		student.ready = student.ready.then(async () => {
			await answer(student);
			if (index >= warmUp) {
				times.push(performance.now() - due);
			}
		});
		pending.push(student.ready);
	}
	await Promise.all(pending);
	return resultOf(times, (performance.now() - beginning) / 1000 - load.warmUpSeconds);
}

/** Everyone answers page after page as fast as the server lets them. */
async function burst(load: Extract<Plan['load'], { type: 'burst' }>): Promise<Result> {
	const beginning = performance.now();
	const times: number[] = [];
	await Promise.all(
		students.map(async (student) => {
			for (let page = 0; page < load.pages; page += 1) {
				const sentAt = performance.now();
				await answer(student);
				times.push(performance.now() - sentAt);
			}
		}),
	);
	return resultOf(times, (performance.now() - beginning) / 1000);
}

function resultOf(times: number[], seconds: number): Result {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
	return { pages: times.length, seconds, p50: at(0.5), p99: at(0.99), max: at(1) };
}

async function signIn(code: string): Promise<Student> {
	const form = new URLSearchParams({ code, 'shown-in': 'en' }).toString();
	const started = await send('POST', plan.survey, { form });
	const cookie = started.cookie;
	const student = { cookie, path: '', html: '', ready: Promise.resolve() };
	await open(student, started.location);
	return student;
}

/** One answered page: the form is sent, the redirect followed, the next page read. */
async function answer(student: Student): Promise<void> {
	if (student.path.endsWith('/check')) {
		// The survey once more: every answer changes to what it is.
		const first = /href="([^"]+\?from=check)"/.exec(student.html)?.[1] ?? '';
		await open(student, first.replace('?from=check', ''));
	}
	const sent = await send('POST', student.path, {
		form: formOf(student.html),
		cookie: student.cookie,
	});
	await open(student, sent.location);
}

async function open(student: Student, path: string): Promise<void> {
	const page = await send('GET', path, { cookie: student.cookie });
	if (page.status !== 200) {
		throw new Error(`GET ${path} answered ${page.status}`);
	}
	student.path = path;
	student.html = page.html;
}

/** What a student would send: the second choice, or a sentence of their own. */
function formOf(html: string): string {
	const values = [...html.matchAll(/<input type="(?:radio|checkbox)"[^>]*value="([^"]+)"/g)];
	const answer = values[1]?.[1];
	if (answer !== undefined) {
		return `shown-in=en&answer=${answer}`;
	}
	return html.includes('<textarea')
		? 'shown-in=en&answer=More+adults+in+the+halls+between+classes%2C+and+someone+to+talk+to.'
		: 'shown-in=en';
}

function send(
	method: string,
	path: string,
	{ form, cookie }: { form?: string; cookie?: string },
): Promise<{ status: number; location: string; cookie: string; html: string }> {
	return new Promise((resolve, reject) => {
		const headers = {
			accept: 'text/html',
			'accept-encoding': 'gzip',
			...(cookie && { cookie }),
			...(form !== undefined && {
				origin,
				'content-type': 'application/x-www-form-urlencoded',
				'content-length': Buffer.byteLength(form),
			}),
		};
		const req = request(new URL(path, origin), { method, agent, headers }, (res) => {
			const chunks: Buffer[] = [];
			res.on('data', (chunk: Buffer) => chunks.push(chunk));
			res.on('error', reject);
			res.on('end', () => {
				const status = res.statusCode ?? 0;
				if (method === 'POST' && status !== 303) {
					reject(new Error(`POST ${path} answered ${status}`));
					return;
				}
				resolve({
					status,
					location: res.headers.location ?? '',
					cookie: res.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
					html: unpack(Buffer.concat(chunks), res.headers['content-encoding']),
				});
			});
		});
		req.on('error', reject);
		req.end(form);
	});
}

function unpack(body: Buffer, encoding: string | undefined): string {
	return (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

async function sleepUntil(time: number): Promise<void> {
	const left = time - performance.now();
	if (left > 0) {
		await new Promise((resolve) => setTimeout(resolve, left));
	}
}
