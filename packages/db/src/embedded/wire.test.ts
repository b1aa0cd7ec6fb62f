import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	createPanicReader,
	createRequestReader,
	fatalMessage,
	simpleQuery,
	type Request,
} from './wire.ts';

test('a statement comes out as one turn, however the network cut it', () => {
	fc.assert(
		fc.property(fc.array(statement(), { minLength: 1 }), fc.array(fc.nat(400)), (turns, cuts) => {
			const startup = startupMessage();
			const wire = Buffer.concat([startup, ...turns.flat()]);
			const requests = readAll(wire, cuts);
			expect(requests.map((request) => request.type)).toEqual([
				'startup',
				...turns.map(() => 'turn'),
			]);
			const bytes = requests.map((request) => ('bytes' in request ? request.bytes : []));
			expect(Buffer.concat(bytes.map((part) => Buffer.from(part)))).toEqual(wire);
		}),
	);
});

test('an unfinished statement waits', () => {
	const read = createRequestReader();
	expect(read(startupMessage()).map((request) => request.type)).toEqual(['startup']);
	expect(read(message('P', 'select 1'))).toEqual([]);
	expect(read(message('B', '')).concat(read(message('E', '')))).toEqual([]);
	expect(read(message('S', ''))).toMatchObject([{ type: 'turn', isOpen: false }]);
});

test('a flush leaves the statement open', () => {
	const read = createRequestReader();
	read(startupMessage());
	expect(read(message('H', ''))).toMatchObject([{ type: 'turn', isOpen: true }]);
});

test.each([
	['encryption', 80877103],
	['encryption', 80877104],
	['cancel', 80877102],
])('a request for %s (%i) is recognised before the start', (type, code) => {
	const packet = Buffer.alloc(type === 'cancel' ? 16 : 8);
	packet.writeInt32BE(packet.length, 0);
	packet.writeInt32BE(code, 4);
	expect(createRequestReader()(packet)).toEqual([{ type }]);
});

test.each([-1, 0, 3, 2_000_000_000])(
	'a message that says it is %i bytes long is refused',
	(length) => {
		const packet = Buffer.alloc(8);
		packet.writeInt32BE(length, 0);
		expect(() => createRequestReader()(packet)).toThrow('bytes');
	},
);

test('messages of ours have their length in front', () => {
	expect(Buffer.from(simpleQuery('é'))).toEqual(Buffer.from('Q\0\0\0\x07é\0'));
	const fatal = Buffer.from(fatalMessage('25P03', 'too long'));
	expect(fatal.readInt32BE(1)).toBe(fatal.length - 1);
});

test('a panic is found in what the engine answers, however it was cut, and nothing else is one', () => {
	const row = message('D', 'VPANIC\0Mnot this\0');
	const error = message('E', 'SERROR\0VERROR\0MVPANIC\0\0');
	const panic = message('E', 'SPANIK\0VPANIC\0CXX000\0Mno room\0\0');
	fc.assert(
		fc.property(fc.boolean(), fc.array(fc.nat(40)), (isBroken, cuts) => {
			const answer = Buffer.concat([row, error, ...(isBroken ? [panic] : []), row]);
			const read = createPanicReader();
			const found: (string | null)[] = [];
			let at = 0;
			for (const cut of [...cuts, answer.length]) {
				found.push(read(answer.subarray(at, at + cut)));
				at += cut;
			}
			expect(found.filter((one) => one !== null)).toEqual(isBroken ? ['no room'] : []);
		}),
	);
});

function readAll(wire: Buffer, cuts: readonly number[]): Request[] {
	const read = createRequestReader();
	const requests: Request[] = [];
	let at = 0;
	for (const cut of [...cuts, wire.length]) {
		requests.push(...read(wire.subarray(at, at + cut)));
		at += cut;
	}
	return requests;
}

function statement(): fc.Arbitrary<Buffer[]> {
	const body = fc.string({ maxLength: 300 });
	const query = body.map((text) => [message('Q', text)]);
	const extended = fc
		.array(fc.tuple(fc.constantFrom('P', 'B', 'D', 'E', 'C'), body), { maxLength: 4 })
		.map((parts) => [...parts.map(([code, text]) => message(code, text)), message('S', '')]);
	return fc.oneof(query, extended);
}

function startupMessage(): Buffer {
	const body = Buffer.from('\0\x03\0\0user\0postgres\0\0');
	const length = Buffer.alloc(4);
	length.writeInt32BE(body.length + 4);
	return Buffer.concat([length, body]);
}

function message(code: string, text: string): Buffer {
	const body = Buffer.from(text);
	const length = Buffer.alloc(4);
	length.writeInt32BE(body.length + 4);
	return Buffer.concat([Buffer.from(code), length, body]);
}
