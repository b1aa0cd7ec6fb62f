import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { type Draft, draftKey, openDraft, sealDraft } from './draft.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { pad, unpad } from './padding.ts';

const windowId = '0197b1f0-0000-7000-8000-000000000001';
const place = { key: draftKey('K7QM2XH9TPC', windowId), windowId };

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
			openDraft(body, { key: draftKey(code, window), windowId: window });
		expect(() => open('K7QM2XH9TPD', windowId)).toThrow();
		expect(() => open('K7QM2XH9TPC', 'another')).toThrow();
		expect(() => openDraft(body, { ...place, windowId: 'another' })).toThrow();
		expect(open('K7QM2XH9TPC', windowId)).toEqual(draftWith('x'));
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
		expect(() => sealDraft(draftWith('x'.repeat(70_000)), place, systemRandom)).toThrow(
			'Shorten one of the long ones',
		);
	});
});

describe('a sealed envelope', () => {
	const answers = {
		meta: { survey: 'a', notice: 'b', language: 'en', seed: 1 },
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

describe('padding', () => {
	it('comes off to the very text it went on', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
				const padded = pad(text, [64, 4096, 65536]);
				expect(padded && unpad(padded)).toBe(text.toWellFormed());
			}),
		);
	});
});
