/**
 * Framing of the PostgreSQL wire protocol, version 3, as a server reads it.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */

const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;
const GSS_REQUEST = 80877104;
const PROTOCOL_MAJOR = 3;
const HEADER_LENGTH = 5;
/** Longer than any statement of ours; PostgreSQL itself stops at 1 GB. */
const LONGEST_MESSAGE = 256 * 1024 * 1024;

const CODES = { sync: 0x53, query: 0x51, call: 0x46, flush: 0x48, terminate: 0x58 } as const;

/** After one of these the client waits for an answer. */
const ENDS_A_TURN: ReadonlySet<number> = new Set(Object.values(CODES));
const ERROR_RESPONSE = 0x45;

/** What a client asked for, complete: nothing of another client may run inside a `turn`. */
export type Request =
	| { type: 'startup'; bytes: Uint8Array }
	| { type: 'encryption' }
	| { type: 'cancel' }
	| { type: 'terminate' }
	/** `isOpen`: a flush; the client goes on with the same statement. */
	| { type: 'turn'; bytes: Uint8Array; isOpen: boolean };

/**
 * A reader that turns the chunks of one connection into complete requests. Parse, Bind, Execute and
 * Sync of one statement come out as one turn, however the network cut them.
 */
export function createRequestReader(): (chunk: Uint8Array) => Request[] {
	let chunks: Uint8Array[] = [];
	let size = 0;
	let needed = HEADER_LENGTH;
	let isStarted = false;
	let unfinishedTurn: Uint8Array[] = [];

	function readOne(buffer: Buffer): { length: number; request: Request | null } | null {
		const isMessage = isStarted;
		const lengthAt = isMessage ? 1 : 0;
		const length = buffer.readInt32BE(lengthAt) + lengthAt;
		if (length < lengthAt + 4 || length > LONGEST_MESSAGE) {
			throw new Error(`A client sent a message of ${length} bytes.`);
		}
		needed = length;
		if (buffer.length < length) {
			return null;
		}
		const bytes = buffer.subarray(0, length);
		return { length, request: isMessage ? readMessage(bytes) : readStartup(bytes) };
	}

	function readStartup(bytes: Buffer): Request {
		const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0;
		if (code === SSL_REQUEST || code === GSS_REQUEST) {
			return { type: 'encryption' };
		}
		if (code === CANCEL_REQUEST) {
			return { type: 'cancel' };
		}
		if (code >>> 16 !== PROTOCOL_MAJOR) {
			throw new Error(`A client speaks protocol ${code}.`);
		}
		isStarted = true;
		return { type: 'startup', bytes: new Uint8Array(bytes) };
	}

	function readMessage(bytes: Buffer): Request | null {
		const code = bytes.readUInt8(0);
		unfinishedTurn.push(bytes);
		if (!ENDS_A_TURN.has(code)) {
			return null;
		}
		const turn = joined(unfinishedTurn);
		unfinishedTurn = [];
		if (code === CODES.terminate) {
			return { type: 'terminate' };
		}
		return { type: 'turn', bytes: turn, isOpen: code === CODES.flush };
	}

	return (chunk) => {
		chunks.push(chunk);
		size += chunk.length;
		const requests: Request[] = [];
		if (size < needed) {
			return requests;
		}
		let buffer = Buffer.concat(chunks, size);
		needed = HEADER_LENGTH;
		while (buffer.length >= HEADER_LENGTH) {
			const message = readOne(buffer);
			if (message === null) {
				break;
			}
			if (message.request !== null) {
				requests.push(message.request);
			}
			buffer = buffer.subarray(message.length);
			needed = HEADER_LENGTH;
		}
		chunks = [buffer];
		size = buffer.length;
		return requests;
	};
}

/**
 * A reader of what the engine answers, which finds the message of an error of severity PANIC: after
 * one the engine must not be used, and often hangs. Null while there is none.
 */
export function createPanicReader(): (chunk: Uint8Array) => string | null {
	let header: Buffer = Buffer.alloc(0);
	let body: Buffer[] = [];
	let rest = 0;

	return (chunk) => {
		let panic: string | null = null;
		for (let at = 0; at < chunk.length;) {
			if (rest === 0) {
				const part = chunk.subarray(at, at + HEADER_LENGTH - header.length);
				header = Buffer.concat([header, part]);
				at += part.length;
				if (header.length < HEADER_LENGTH) {
					break;
				}
				rest = header.readInt32BE(1) - 4;
			}
			const part = chunk.subarray(at, at + rest);
			at += part.length;
			rest -= part.length;
			if (header.readUInt8(0) === ERROR_RESPONSE) {
				body.push(Buffer.from(part));
			}
			if (rest === 0) {
				panic ??= panicMessage(Buffer.concat(body).toString('utf8'));
				header = Buffer.alloc(0);
				body = [];
			}
		}
		return panic;
	};
}

/** Fields of an error: a letter, its text, NUL. V is the severity in English, M the message. */
function panicMessage(body: string): string | null {
	const fields = body.split('\0');
	const isPanic = fields.includes('VPANIC');
	return isPanic ? (fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'PANIC') : null;
}

/** Ends whatever a client left behind: Sync, then `rollback`. */
export function abandonMessage(): Uint8Array {
	return joined([Uint8Array.of(CODES.sync, 0, 0, 0, 4), simpleQuery('rollback')]);
}

/** A FATAL error as a server sends it before it hangs up. */
export function fatalMessage(sqlstate: string, message: string): Uint8Array {
	const fields = `SFATAL\0VFATAL\0C${sqlstate}\0M${message}\0\0`;
	return withHeader(ERROR_RESPONSE, Buffer.from(fields, 'utf8'));
}

/** A statement as one Query message. */
export function simpleQuery(text: string): Uint8Array {
	return withHeader(CODES.query, Buffer.from(`${text}\0`, 'utf8'));
}

function withHeader(code: number, body: Uint8Array): Uint8Array {
	const message = Buffer.alloc(HEADER_LENGTH + body.length);
	message.writeUInt8(code, 0);
	message.writeInt32BE(body.length + 4, 1);
	message.set(body, HEADER_LENGTH);
	return message;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	// A copy, never a view: the engine keeps reading it while the next chunk arrives.
	return new Uint8Array(Buffer.concat(parts));
}
