import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { openBox, sealBox } from '../ballot/sealed-box.ts';
import { asyncChunks } from './chunks.ts';

/**
 * A stream in sealed pieces. Each is bound to its file, its number and whether it is the last, so that
 * none can be left out, moved, repeated or cut off unnoticed.
 * https://eprint.iacr.org/2015/189 (STREAM, online authenticated encryption)
 */
export interface Cipher {
	/** What the file says of itself, in the clear: nothing that helps without the passphrase. */
	header: { salt: string; cost: number; check: string };
	seal(content: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
	/** @throws Error when a piece is damaged, missing or another file's. */
	open(content: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
}

const PIECE = 64 * 1024;
const LENGTH_BYTES = 4;
const LONGEST_BOX = PIECE + 64;
const CHECK = Buffer.from('throughline backup');
/** N = 2^17, r = 8, p = 1: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const MOST_MEMORY = 256 * 1024 * 1024;

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** A cipher for a new file. */
export async function newCipher(passphrase: string): Promise<Cipher> {
	const salt = randomBytes(16);
	const key = await keyOf(passphrase, salt, COST);
	const check = sealBox(CHECK, key, { context: contextOf(salt, 'check'), nonce: randomBytes(12) });
	return cipherOf(key, { salt, cost: COST, check });
}

/** The cipher of a file that is there; null when the passphrase is not its own. */
export async function cipherFor(
	passphrase: string,
	header: Cipher['header'],
): Promise<Cipher | null> {
	const salt = Buffer.from(header.salt, 'base64');
	const check = Buffer.from(header.check, 'base64');
	const key = await keyOf(passphrase, salt, header.cost);
	try {
		openBox(check, key, { context: contextOf(salt, 'check') });
	} catch {
		return null;
	}
	return cipherOf(key, { salt, cost: header.cost, check });
}

function cipherOf(
	key: Buffer,
	{ salt, cost, check }: { salt: Buffer; cost: number; check: Buffer },
): Cipher {
	const context = (number: number, isLast: boolean) =>
		contextOf(salt, `${number}:${isLast ? 'last' : 'more'}`);

	async function* seal(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let number = 0;
		for await (const { bytes, isLast } of asyncChunks(content, PIECE)) {
			const box = sealBox(bytes, key, { context: context(number, isLast), nonce: randomBytes(12) });
			const length = Buffer.alloc(LENGTH_BYTES);
			// The highest bit says that nothing follows.
			length.writeUInt32BE(box.length + (isLast ? 0x8000_0000 : 0));
			yield Buffer.concat([length, box]);
			number += 1;
		}
	}

	async function* open(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let number = 0;
		let isEnded = false;
		for await (const { box, isLast } of readBoxes(content)) {
			if (isEnded) {
				throw new Error('something follows its end');
			}
			yield openPiece(box, context(number, isLast));
			number += 1;
			isEnded = isLast;
		}
		if (!isEnded) {
			throw new Error('its end is missing');
		}
	}

	function openPiece(box: Buffer, ofPiece: string): Buffer {
		try {
			return openBox(box, key, { context: ofPiece });
		} catch (error) {
			throw new Error('a part of it was changed or damaged', { cause: error });
		}
	}

	const header = { salt: salt.toString('base64'), cost, check: check.toString('base64') };
	return { header, seal, open };
}

async function* readBoxes(
	content: AsyncIterable<Buffer>,
): AsyncGenerator<{ box: Buffer; isLast: boolean }> {
	let waiting = Buffer.alloc(0);
	for await (const bytes of content) {
		waiting = Buffer.concat([waiting, bytes]);
		while (waiting.length >= LENGTH_BYTES) {
			const marked = waiting.readUInt32BE(0);
			const isLast = marked >= 0x8000_0000;
			const length = isLast ? marked - 0x8000_0000 : marked;
			if (length > LONGEST_BOX) {
				throw new Error('a part of it was changed or damaged');
			}
			if (waiting.length < LENGTH_BYTES + length) {
				break;
			}
			yield { box: waiting.subarray(LENGTH_BYTES, LENGTH_BYTES + length), isLast };
			waiting = waiting.subarray(LENGTH_BYTES + length);
		}
	}
	if (waiting.length > 0) {
		throw new Error('its end is missing');
	}
}

function keyOf(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
	return derive(passphrase.normalize('NFC'), salt, 32, {
		N: cost,
		r: BLOCK_SIZE,
		p: 1,
		maxmem: MOST_MEMORY,
	});
}

function contextOf(salt: Buffer, part: string): string {
	return `throughline-backup:${salt.toString('hex')}:${part}`;
}
