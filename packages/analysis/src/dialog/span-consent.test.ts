import { describe, expect, it } from 'vitest';
import type { ConsentEntry } from './consent.ts';
import { spanConsent } from './span-consent.ts';

function quoted(seatId: string, isGiven: boolean): ConsentEntry {
	return { seatId, scope: 'quoted', source: 'student', isGiven, saidAt: 1 };
}

describe('words that several seats spoke', () => {
	it('may be quoted when every seat allows it', () => {
		expect(spanConsent([[quoted('a', true)], [quoted('b', true)]]).quoted).toBe(true);
	});

	it('may not when one seat does not, or was never asked', () => {
		expect(spanConsent([[quoted('a', true)], [quoted('b', false)]]).quoted).toBe(false);
		expect(spanConsent([[quoted('a', true)], []]).quoted).toBe(false);
	});

	it('allow nothing when no seat is known', () => {
		expect(Object.values(spanConsent([]))).toEqual([false, false, false, false, false]);
	});

	it('are heard only with the guardian, and never after a withdrawal', () => {
		const said = (source: 'student' | 'guardian'): ConsentEntry[] =>
			(['recorded', 'quoted', 'voice_played'] as const).map((scope) => ({
				seatId: 'a',
				scope,
				source,
				isGiven: true,
				saidAt: 1,
			}));
		const both = [...said('student'), ...said('guardian')];
		expect(spanConsent([said('student')]).voice_played).toBe(false);
		expect(spanConsent([both]).voice_played).toBe(true);
		const withdrawn: ConsentEntry = {
			seatId: 'a',
			scope: 'voice_played',
			source: 'withdrawal',
			isGiven: false,
			saidAt: 2,
		};
		expect(spanConsent([[...both, withdrawn]]).voice_played).toBe(false);
	});
});
