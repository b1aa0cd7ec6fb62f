import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	CONSENT_SCOPES,
	type ConsentEntry,
	type ConsentScope,
	NEEDS_GUARDIAN,
	recordingMode,
	seatConsent,
} from './consent.ts';

const options = { needsGuardian: NEEDS_GUARDIAN };

function say(
	scope: ConsentScope,
	source: ConsentEntry['source'],
	more: Partial<ConsentEntry> = {},
): ConsentEntry {
	return { seatId: 'a', scope, source, isGiven: true, saidAt: 1, ...more };
}

/** Everything, from student and guardian. */
function all(seatId: string): ConsentEntry[] {
	return CONSENT_SCOPES.flatMap((scope) => [
		say(scope, 'student', { seatId }),
		say(scope, 'guardian', { seatId }),
	]);
}

const entry = fc.record({
	seatId: fc.constant('a'),
	scope: fc.constantFrom(...CONSENT_SCOPES),
	source: fc.constantFrom('guardian', 'student', 'withdrawal'),
	isGiven: fc.boolean(),
	saidAt: fc.integer({ min: 0, max: 9 }),
});

describe('what a seat allows', () => {
	it('is nothing while nothing was said', () => {
		expect(Object.values(seatConsent([], options))).toEqual([false, false, false, false, false]);
	});

	it('needs the guardian for sound, and the student for everything', () => {
		expect(seatConsent([say('recorded', 'student')], options).recorded).toBe(false);
		expect(seatConsent([say('recorded', 'guardian')], options).recorded).toBe(false);
		const both = [say('recorded', 'student'), say('recorded', 'guardian')];
		expect(seatConsent(both, options).recorded).toBe(true);
		expect(seatConsent([say('quoted', 'student')], options).quoted).toBe(true);
	});

	it('lets the newest word of the same person count', () => {
		const changed = [
			say('quoted', 'student', { saidAt: 3 }),
			say('quoted', 'student', { saidAt: 5, isGiven: false }),
			say('quoted', 'student', { saidAt: 4 }),
		];
		expect(seatConsent(changed, options).quoted).toBe(false);
	});

	it('plays no voice that may not be recorded or quoted', () => {
		const without = (scope: ConsentScope) => all('a').filter((line) => line.scope !== scope);
		expect(seatConsent(all('a'), options).voice_played).toBe(true);
		expect(seatConsent(without('recorded'), options).voice_played).toBe(false);
		expect(seatConsent(without('quoted'), options).voice_played).toBe(false);
	});

	it('is ended by a withdrawal for good, whatever else is said', () => {
		fc.assert(
			fc.property(
				fc.array(entry, { maxLength: 12 }),
				fc.constantFrom(...CONSENT_SCOPES),
				(entries, scope) => {
					const withdrawn = [...entries, say(scope, 'withdrawal', { saidAt: 0, isGiven: false })];
					expect(seatConsent(withdrawn, options)[scope]).toBe(false);
				},
			),
		);
		expect.hasAssertions();
	});

	it('never allows more after a refusal is added', () => {
		fc.assert(
			fc.property(
				fc.array(entry, { maxLength: 12 }),
				fc.constantFrom(...CONSENT_SCOPES),
				fc.constantFrom('guardian' as const, 'student' as const),
				(entries, scope, source) => {
					const before = seatConsent(entries, options);
					const refusal = say(scope, source, { isGiven: false, saidAt: 99 });
					const after = seatConsent([...entries, refusal], options);
					for (const each of CONSENT_SCOPES) {
						expect(after[each] && !before[each]).toBe(false);
					}
				},
			),
		);
		expect.hasAssertions();
	});
});

describe('how a session is captured', () => {
	const seats = ['a', 'b', 'c'];
	const entries = seats.flatMap(all);
	const given = { plan: 'audio' as const, seatIds: seats, entries, needsGuardian: NEEDS_GUARDIAN };

	it('is with sound when every seat allows it', () => {
		expect(recordingMode(given)).toBe('audio');
	});

	it('is notes only when one permission is missing', () => {
		for (const missing of entries.filter(({ scope }) => scope === 'recorded')) {
			const rest = entries.filter((each) => each !== missing);
			expect(recordingMode({ ...given, entries: rest })).toBe('notes_only');
		}
		expect.assertions(6);
	});

	it('is notes only when it was planned so, or nobody sits there', () => {
		expect(recordingMode({ ...given, plan: 'notes_only' })).toBe('notes_only');
		expect(recordingMode({ ...given, seatIds: [] })).toBe('notes_only');
	});
});
