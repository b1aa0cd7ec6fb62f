import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const PIECE_BYTES = 16 * 1024;

/** One request that carries bytes of an upload. */
export interface Part {
	recordingId: string;
	/** Where in the recording it begins, as the device says. */
	offset: number;
	/** How many of its bytes were passed on to the server. */
	passed: number;
	/** What the server answered; null when the line broke before that. */
	status: number | null;
}

/** Where the line breaks: at one byte of an upload, once. */
interface Break {
	atByte: number;
	/** Whether the line itself breaks; the server's death breaks it as well. */
	isOfLine: boolean;
	reached: PromiseWithResolvers<void>;
}

/**
 * The line between a tablet and its server: it can be slow, it can break at one byte of an upload,
 * and it knows what went over it.
 */
export interface Line {
	/** Bytes of uploads a second. */
	speed: number;
	/** Nothing gets through. */
	isDown: boolean;
	/** Every part of an upload that began, in order. */
	parts: Part[];
	/** Called before a part of an upload, or the answer to a verification, goes on. */
	before: { part?(part: Part): Promise<void>; verified?(): Promise<void> };
	/** Resolves when that byte was reached; the line is down by then if it is to break itself. */
	breakAt(atByte: number, options: { isOfLine: boolean }): Promise<void>;
	passOn(req: IncomingMessage, res: ServerResponse): void;
}

export function createLine(api: string): Line {
	let next: Break | null = null;
	const line: Line = {
		speed: Infinity,
		isDown: false,
		parts: [],
		before: {},
		breakAt(atByte, { isOfLine }) {
			next = { atByte, isOfLine, reached: Promise.withResolvers() };
			return next.reached.promise;
		},
		passOn(req, res) {
			// A line that broke under a request leaves neither side with more than a lost connection.
			void carry(req, res).catch(() => res.destroy());
		},
	};

	async function carry(req: IncomingMessage, res: ServerResponse): Promise<void> {
		if (line.isDown) {
			res.destroy();
			return;
		}
		const { method = 'GET', headers, url = '/' } = req;
		const isPart = method === 'PATCH' && url.includes('/uploads/');
		const part: Part = {
			recordingId: url.split('/').at(-1) ?? '',
			offset: Number(headers['upload-offset']),
			passed: 0,
			status: null,
		};
		if (isPart) {
			line.parts.push(part);
			await line.before.part?.(part);
		}
		// A connection of its own: one that is kept may be to a server that has died since.
		const passed = request(new URL(url, api), { method, headers, agent: false });
		passed.on('error', () => res.destroy());
		req.on('error', () => passed.destroy());
		res.on('close', () => passed.destroy());
		passed.on('response', (answer) => {
			part.status = answer.statusCode ?? null;
			void giveBack(answer, res, url).catch(() => res.destroy());
		});
		if (!isPart) {
			req.pipe(passed);
			return;
		}
		// Bytes for a server that is not there are not under way.
		const [socket] = (await once(passed, 'socket')) as [Socket];
		if (socket.connecting) {
			await once(socket, 'connect');
		}
		for await (const chunk of req) {
			// A request without an encoding gives buffers.
			await carryChunk(chunk as Buffer, part, passed);
		}
		passed.end();
	}

	/** Piece by piece, no faster than the line is, up to the byte where it breaks. */
	async function carryChunk(
		chunk: Buffer,
		part: Part,
		passed: ReturnType<typeof request>,
	): Promise<void> {
		let at = 0;
		while (at < chunk.length) {
			const here = part.offset + part.passed;
			const untilBreak = next && next.atByte > here ? next.atByte - here : Infinity;
			const size = Math.min(PIECE_BYTES, chunk.length - at, untilBreak);
			await wait((size / line.speed) * 1000);
			if (passed.destroyed || line.isDown) {
				throw new Error('The line broke.');
			}
			if (!passed.write(chunk.subarray(at, at + size))) {
				await Promise.race([once(passed, 'drain'), once(passed, 'close')]);
			}
			part.passed += size;
			at += size;
			if (size === untilBreak && next) {
				const { isOfLine, reached } = next;
				next = null;
				line.isDown = isOfLine;
				reached.resolve();
				if (isOfLine) {
					passed.destroy();
					throw new Error('The line broke.');
				}
			}
		}
	}

	async function giveBack(answer: IncomingMessage, res: ServerResponse, url: string) {
		if (url.endsWith('/verify') && answer.statusCode === 200) {
			await line.before.verified?.();
		}
		res.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.on('error', () => res.destroy());
		answer.pipe(res);
	}
	return line;
}
