import { describe, expect, test } from 'vitest';
import { codeAt, matchingStep, otpauthUri, stepOf, toBase32 } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

// RFC 4226, appendix D, and RFC 6238, appendix B (SHA-1; their eight digits end in these six).
test.each([
	[0, '755224'],
	[1, '287082'],
	[2, '359152'],
	[9, '520489'],
	[stepOf(new Date(59_000)), '287082'],
	[stepOf(new Date(1_111_111_109_000)), '081804'],
	[stepOf(new Date(1_111_111_111_000)), '050471'],
	[stepOf(new Date(1_234_567_890_000)), '005924'],
	[stepOf(new Date(2_000_000_000_000)), '279037'],
	[stepOf(new Date(20_000_000_000_000)), '353130'],
])('the code of step %i is %s', async (step, code) => {
	expect(await codeAt(secret, step)).toBe(code);
});

describe('a code', () => {
	const now = new Date('2026-03-02T15:00:10Z');
	const step = stepOf(now);

	test.each([-1, 0, 1])('of %i steps from now is taken', async (drift) => {
		const code = await codeAt(secret, step + drift);
		expect(await matchingStep(secret, code, now)).toBe(step + drift);
	});

	test.each([-2, 2, 100])('of %i steps from now is not', async (drift) => {
		const code = await codeAt(secret, step + drift);
		expect(await matchingStep(secret, code, now)).toBeNull();
	});

	test.each(['', '12345', '1234567', 'abcdef'])('%j is none', async (code) => {
		expect(await matchingStep(secret, code, now)).toBeNull();
	});
});

// RFC 4648, section 10, without padding.
test.each([
	['', ''],
	['f', 'MY'],
	['fo', 'MZXQ'],
	['foo', 'MZXW6'],
	['foob', 'MZXW6YQ'],
	['fooba', 'MZXW6YTB'],
	['foobar', 'MZXW6YTBOI'],
])('%j is %j in base32', (text, expected) => {
	expect(toBase32(Buffer.from(text))).toBe(expected);
});

test('the address for an app names program, account and secret', () => {
	expect(otpauthUri(secret, { issuer: 'Throughline', account: 'ada@example.org' })).toBe(
		'otpauth://totp/Throughline:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Throughline&digits=6&period=30',
	);
});
