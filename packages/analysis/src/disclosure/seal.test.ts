import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type ReleaseRecord, sealRelease } from './seal.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const record: ReleaseRecord = {
	rules: 'domain-3.3/1',
	params: { minN: 10 },
	pools: { 'q1 by race': ['asian', 'two_or_more'] },
	approvers: ['b', 'a'],
	contents: [{ id: 'q1', cells: ['56%'] }],
};

describe('sealed releases', () => {
	it('have one hash whatever the order of keys and approvers', () => {
		const { contents, ...rest } = record;
		const other = { contents, ...rest, approvers: ['a', 'b'] };

		expect(sealRelease(other, sha256)).toEqual(sealRelease(record, sha256));
	});

	it('have another hash when any figure changes', () => {
		const other = { ...record, contents: [{ id: 'q1', cells: ['57%'] }] };

		expect(sealRelease(other, sha256).hash).not.toBe(sealRelease(record, sha256).hash);
	});

	it('need two different approvers', () => {
		expect(() => sealRelease({ ...record, approvers: ['a', 'a'] }, sha256)).toThrow(
			/two different/,
		);
	});

	it('hold only what JSON can say', () => {
		expect(() => canonicalJson({ n: Number.NaN })).toThrow(/NaN/);
		expect(() => canonicalJson([undefined])).toThrow(/undefined/);
	});

	it('read back as what was written, for any JSON', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = canonicalJson(value);

				expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
				expect(canonicalJson(JSON.parse(text))).toBe(text);
			}),
			{ seed: 1, numRuns: 200 },
		);
	});
});
