import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemRandom } from '../system/random.ts';
import { type Draft, draftKey, draftKeyOfCode, openDraft, sealDraft } from './draft.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { pad, unpad } from './padding.ts';
import { BOX_OVERHEAD, makeNonce, sealBox } from './sealed-box.ts';

const windowId = '0197b1f0-0000-7000-8000-000000000001';
const pepper = randomBytes(32);
const place = { key: draftKey('K7QM2XH9TPC', windowId, pepper), windowId };

function draftWith(text: string): Draft {
	return {
		language: 'en',
		seed: 7,
		hasReadNotice: true,
		values: { S17: text, S02: ['hall', 'bath'] },
		askedAgain: [],
		seenSections: ['B'],
	};
}

describe('a sealed draft', () => {
	it('opens with the code it was sealed with, whatever was written', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
				const draft = draftWith(text.toWellFormed());
				expect(openDraft(sealDraft(draft, place, systemRandom), place)).toEqual(draft);
			}),
		);
	});

	it('does not open with another code or in another window', () => {
		const body = sealDraft(draftWith('x'), place, systemRandom);
		const open = (code: string, window: string) =>
			openDraft(body, { key: draftKey(code, window, pepper), windowId: window });
		expect(() => open('K7QM2XH9TPD', windowId)).toThrow();
		expect(() => open('K7QM2XH9TPC', 'another')).toThrow();
		expect(() => openDraft(body, { ...place, windowId: 'another' })).toThrow();
		expect(open('K7QM2XH9TPC', windowId)).toEqual(draftWith('x'));
	});

	it('does not open with the code alone: whoever has the database cannot try codes', () => {
		const body = sealDraft(draftWith('x'), place, systemRandom);
		const open = (key: Buffer) => openDraft(body, { key, windowId });
		expect(() => open(draftKey('K7QM2XH9TPC', windowId, randomBytes(32)))).toThrow();
		expect(() => open(draftKeyOfCode('K7QM2XH9TPC', windowId))).toThrow();
	});

	it('has the same size for one word and for a page of text', () => {
		const sizes = ['no', 'long '.repeat(1200)].map(
			(text) => sealDraft(draftWith(text), place, systemRandom).length,
		);
		expect(new Set(sizes)).toEqual(new Set([8220]));
	});

	it('holds no word of what was written', () => {
		const body = sealDraft(draftWith('CANARY'), place, systemRandom);
		expect(body.includes('CANARY')).toBe(false);
	});

	it('says so when the answers fill more than it can hold', () => {
		const refusal = (length: number) => {
			try {
				sealDraft(draftWith('x'.repeat(length)), place, systemRandom);
				return null;
			} catch (error) {
				return error;
			}
		};
		const frame = JSON.stringify(draftWith('')).length;
		const tooLarge = {
			code: 'draft_too_large',
			status: 413,
			message: expect.stringContaining('Shorten one of the long ones'),
		};
		expect(refusal(63 * 1024 - frame)).toBeNull();
		expect(refusal(63 * 1024 - frame + 1)).toMatchObject(tooLarge);
		expect(refusal(70_000)).toMatchObject(tooLarge);
	});

	it('is refused when it was sealed with something else in it', () => {
		const content = pad(JSON.stringify({ ...draftWith('x'), values: { S17: 7 } }), [8192]);
		const box = sealBox(content ?? Buffer.alloc(0), place.key, {
			context: windowId,
			nonce: makeNonce(systemRandom.bytes),
		});
		expect(() => openDraft(box, place)).toThrow(z.ZodError);
		const bare = pad('{}', [8192]);
		const empty = sealBox(bare ?? Buffer.alloc(0), place.key, {
			context: windowId,
			nonce: makeNonce(systemRandom.bytes),
		});
		expect(() => openDraft(empty, place)).toThrow(z.ZodError);
	});
});

describe('a sealed envelope', () => {
	const answers = {
		meta: { survey: 'a', notice: 'b', language: 'en' },
		values: { S01: '4' },
	};

	it('opens only with its key, for its cohort, and unchanged', () => {
		const key = randomBytes(32);
		const body = sealEnvelope(answers, { key, cohortId: 'c1', random: systemRandom });
		expect(openEnvelope(body, { key, cohortId: 'c1' })).toEqual(answers);
		expect(() => openEnvelope(body, { key, cohortId: 'c2' })).toThrow();
		expect(() => openEnvelope(body, { key: randomBytes(32), cohortId: 'c1' })).toThrow();
		const damaged = Buffer.from(body);
		damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
		expect(() => openEnvelope(damaged, { key, cohortId: 'c1' })).toThrow();
	});

	it('has one of three sizes, and equal answers seal to different bytes', () => {
		const key = randomBytes(32);
		const seal = (text: string) =>
			sealEnvelope(
				{ ...answers, values: { S17: text } },
				{ key, cohortId: 'c1', random: systemRandom },
			);
		expect([10, 3000, 5000, 20_000].map((length) => seal('x'.repeat(length)).length)).toEqual([
			4124, 4124, 16412, 65564,
		]);
		expect(seal('same').equals(seal('same'))).toBe(false);
	});
});

describe('an envelope that cannot be', () => {
	const sealed = (content: object, cohortId = 'c1') => {
		const key = randomBytes(32);
		const padded = pad(JSON.stringify(content), [4096]) ?? Buffer.alloc(0);
		const nonce = makeNonce(systemRandom.bytes);
		return () =>
			openEnvelope(sealBox(padded, key, { context: cohortId, nonce }), { key, cohortId });
	};
	const meta = { survey: 'a', notice: 'b', language: 'en' };

	it('is refused when it is longer than the largest size', () => {
		const options = { key: randomBytes(32), cohortId: 'c1', random: systemRandom };
		const values = { S17: 'x'.repeat(66_000) };
		expect(() => sealEnvelope({ meta, values }, options)).toThrow(
			expect.objectContaining({
				code: 'response_too_large',
				status: 413,
				message: expect.stringContaining('Shorten one of the long ones'),
			}),
		);
	});

	it.each([
		['nothing', {}],
		['no versions of survey and notice', { meta: {}, values: {} }],
		['an answer that is a number', { meta, values: { S01: 4 } }],
	])('is refused with %s in it', (_name, content) => {
		expect(sealed(content)).toThrow(z.ZodError);
	});

	it('opens without the order of options that an earlier release put in it', () => {
		const values = { S01: '4' };
		expect(sealed({ meta: { ...meta, seed: 1 }, values })()).toEqual({ meta, values });
	});

	it('opens with several answers to one question in it', () => {
		const content = { meta, values: { S02: ['hall', 'bath'] } };
		expect(sealed(content, 'Größe')()).toEqual(content);
	});
});

describe('a sealed box', () => {
	it('is as much longer than what is in it as it says', () => {
		const options = { context: 'here', nonce: makeNonce(systemRandom.bytes) };
		const box = sealBox(Buffer.from('words'), randomBytes(32), options);
		expect(box.length - 5).toBe(BOX_OVERHEAD);
		expect(BOX_OVERHEAD).toBe(28);
		expect(box.subarray(0, 12).equals(options.nonce)).toBe(true);
	});
});

describe('padding', () => {
	it('fills the smallest size that holds the text and its length', () => {
		const size = (bytes: number) => pad('x'.repeat(bytes), [64, 128])?.length;
		expect([0, 60, 61, 124].map(size)).toEqual([64, 64, 128, 128]);
		expect(pad('x'.repeat(125), [64, 128])).toBeNull();
		// Twenty letters of three bytes each.
		expect(pad('ⵣ'.repeat(20), [64, 128])?.length).toBe(64);
		expect(pad('ⵣ'.repeat(21), [64, 128])?.length).toBe(128);
	});

	it('does not come off where it never went on', () => {
		const bytes = Buffer.alloc(64);
		bytes.writeUInt32BE(60, 0);
		expect(unpad(bytes)).toHaveLength(60);
		bytes.writeUInt32BE(61, 0);
		expect(() => unpad(bytes)).toThrow('not padded here');
	});

	it('comes off to the very text it went on', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
				const padded = pad(text, [64, 4096, 65536]);
				expect(padded && unpad(padded)).toBe(text.toWellFormed());
			}),
		);
	});
});
