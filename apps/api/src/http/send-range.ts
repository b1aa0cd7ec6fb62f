import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** A part of a file that is sent as if it were one. */
export interface FilePart {
	path: string;
	mime: string;
	from: number;
	to: number;
}

/**
 * Sends a file, or the one range of it that was asked for.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export function sendRange(c: AppContext, { path, mime, from, to }: FilePart): Response {
	return answerRange(c, { mime, size: to - from }, ({ start, end }) =>
		webStream(createReadStream(path, { start: from + start, end: from + end })),
	);
}

/** The same for what lies in memory. */
export function sendBytes(c: AppContext, mime: string, bytes: Buffer): Response {
	return answerRange(c, { mime, size: bytes.length }, ({ start, end }) =>
		Uint8Array.from(bytes.subarray(start, end + 1)),
	);
}

function answerRange(
	c: AppContext,
	{ mime, size }: { mime: string; size: number },
	read: (range: { start: number; end: number }) => ConstructorParameters<typeof Response>[0],
): Response {
	const range = rangeOf(c.req.header('range'), size);
	if (range === 'unsatisfiable') {
		throw new AppError('range_unsatisfiable', 416, 'The file is shorter than that.');
	}
	const { start, end } = range ?? { start: 0, end: size - 1 };
	return new Response(c.req.raw.method === 'HEAD' ? null : read({ start, end }), {
		status: range === null ? 200 : 206,
		headers: {
			'content-type': mime,
			'content-length': String(end - start + 1),
			'accept-ranges': 'bytes',
			// A browser must not take it for a page, whatever is in it.
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
		},
	});
}

/** Null for the whole file: other units and several ranges at once are answered with all of it. */
export function rangeOf(
	header: string | undefined,
	size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
	const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
	const [, first = '', last = ''] = found ?? [];
	if (!found || (first === '' && last === '')) {
		return null;
	}
	if (first === '') {
		const length = Math.min(Number(last), size);
		return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) {
		return null;
	}
	return start >= size ? 'unsatisfiable' : { start, end };
}

function webStream(stream: Readable): ReadableStream<Uint8Array> {
	// Node's own type of a web stream is not the global one, though the object is.
	return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
