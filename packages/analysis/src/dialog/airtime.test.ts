import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	dominantSeat,
	sessionsOfOneVoice,
	shareOfTalk,
	silentPrompts,
	type SpeakingEvent,
	talkByPrompt,
	talkUnit,
} from './airtime.ts';

function said(seatId: string | null, startMs: number, endMs: number): SpeakingEvent {
	return { seatId, startMs, endMs, isFacilitator: false, promptKey: 'P1' };
}

function facilitator(startMs: number, endMs: number): SpeakingEvent {
	return { ...said(null, startMs, endMs), isFacilitator: true };
}

const event: fc.Arbitrary<SpeakingEvent> = fc
	.record({
		startMs: fc.integer({ min: 0, max: 60_000 }),
		length: fc.integer({ min: 0, max: 20_000 }),
		seatId: fc.constantFrom('a', 'b', 'c', null),
		isFacilitator: fc.boolean(),
		promptKey: fc.constantFrom('P1', 'P2', null),
		words: fc.integer({ min: 0, max: 50 }),
	})
	.map(({ startMs, length, ...rest }) => ({ ...rest, startMs, endMs: startMs + length }));
const events = fc.array(event, { maxLength: 20 });
const withoutTimes = events.map((some) => some.map((each) => ({ ...each, endMs: each.startMs })));

describe('the share of talk', () => {
	it('is of time, with the facilitator beside the seats', () => {
		const shares = shareOfTalk([
			facilitator(0, 5_000),
			said('a', 5_000, 14_000),
			said('b', 14_000, 17_000),
			said(null, 17_000, 20_000),
		]);
		expect(shares).toEqual({
			unit: 'milliseconds',
			total: 20_000,
			seats: [
				{ seatId: 'a', amount: 9_000, share: 0.45, shareOfSeats: 0.75 },
				{ seatId: 'b', amount: 3_000, share: 0.15, shareOfSeats: 0.25 },
			],
			facilitator: { amount: 5_000, share: 0.25 },
			unknown: { amount: 3_000, share: 0.15 },
		});
	});

	it('is of words where nothing has a time', () => {
		const typed = [
			{ ...said('a', 0, 0), words: 30 },
			{ ...said('b', 0, 0), words: 10 },
		];
		expect(talkUnit(typed)).toBe('words');
		expect(shareOfTalk(typed).seats[0]).toMatchObject({ seatId: 'a', share: 0.75 });
	});

	it('counts a voice marked twice once, and two at a time both', () => {
		const twice = [said('a', 0, 4_000), said('a', 2_000, 6_000), said('b', 0, 6_000)];
		expect(shareOfTalk(twice).seats.map(({ amount }) => amount)).toEqual([6_000, 6_000]);
	});

	it('names seats that said nothing', () => {
		expect(shareOfTalk([said('a', 0, 9)], ['b', 'a']).seats.map(({ seatId }) => seatId)).toEqual([
			'a',
			'b',
		]);
	});

	it('sums to one when anything was said, to nothing when not', () => {
		fc.assert(
			fc.property(fc.oneof(events, withoutTimes), (some) => {
				const { seats, facilitator: led, unknown, total } = shareOfTalk(some, ['a', 'd']);
				const sum = seats.reduce((all, { share }) => all + share, led.share + unknown.share);
				const ofSeats = seats.reduce((all, { shareOfSeats }) => all + shareOfSeats, 0);
				expect(sum).toBeCloseTo(total > 0 ? 1 : 0, 9);
				expect(ofSeats).toBeCloseTo(seats.some(({ amount }) => amount > 0) ? 1 : 0, 9);
				expect(seats.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
			}),
		);
	});

	it('does not depend on the order of events, or on marks that repeat', () => {
		fc.assert(
			fc.property(events, (some) => {
				const timed = [...some, said('a', 0, 1)];
				expect(shareOfTalk(timed.toReversed())).toEqual(shareOfTalk(timed));
				expect(shareOfTalk([...timed, ...timed])).toEqual(shareOfTalk(timed));
			}),
		);
	});

	it('never falls for a seat that goes on speaking', () => {
		fc.assert(
			fc.property(events, fc.integer({ min: 1, max: 9_000 }), (some, length) => {
				const timed = [...some, said('a', 0, 1)];
				const shareOf = (all: SpeakingEvent[]) =>
					shareOfTalk(all).seats.find(({ seatId }) => seatId === 'a')?.share ?? 0;
				const more = shareOf([...timed, said('a', 90_000, 90_000 + length)]);
				expect(more).toBeGreaterThanOrEqual(shareOf(timed));
			}),
		);
	});
});

describe('one voice', () => {
	it('holds more than half of what the seats said; exactly half is not more', () => {
		expect(dominantSeat(shareOfTalk([said('a', 0, 5), said('b', 0, 5)]))).toBeNull();
		const uneven = shareOfTalk([said('a', 0, 6), said('b', 0, 5), facilitator(0, 500)]);
		expect(dominantSeat(uneven)?.seatId).toBe('a');
		expect(dominantSeat(shareOfTalk([facilitator(0, 9)]))).toBeNull();
	});

	it('is named with its session', () => {
		const sessions = [
			{ sessionId: 's1', events: [said('a', 0, 6), said('b', 0, 5)] },
			{ sessionId: 's2', events: [said('a', 0, 5), said('b', 0, 5)] },
			{ sessionId: 's3', events: [] },
		];
		expect(sessionsOfOneVoice(sessions).map(({ sessionId }) => sessionId)).toEqual(['s1']);
	});

	it('is at most one', () => {
		fc.assert(
			fc.property(events, (some) => {
				const shares = shareOfTalk(some);
				const many = shares.seats.filter(({ shareOfSeats }) => shareOfSeats > 0.5);
				expect(many.length).toBe(dominantSeat(shares) === null ? 0 : 1);
			}),
		);
	});
});

describe('prompts', () => {
	const asked = [
		facilitator(0, 4_000),
		said('a', 4_000, 9_000),
		{ ...said('b', 9_000, 10_000), promptKey: 'P1' },
		{ ...facilitator(10_000, 60_000), promptKey: 'P2' },
		{ ...said(null, 60_000, 61_000), promptKey: 'P3' },
	];

	it('that got silence are those only the facilitator spoke to', () => {
		expect(silentPrompts(['P1', 'P2', 'P3', 'P4'], asked)).toEqual(['P2', 'P4']);
		expect(talkByPrompt(['P1', 'P3'], asked)).toEqual([
			{ promptKey: 'P1', amount: 6_000, seats: 2, isSilent: false },
			{ promptKey: 'P3', amount: 1_000, seats: 0, isSilent: false },
		]);
	});

	it('are silent, or somebody spoke, never both', () => {
		fc.assert(
			fc.property(fc.oneof(events, withoutTimes), (some) => {
				const silent = silentPrompts(['P1', 'P2'], some);
				for (const { promptKey, amount } of talkByPrompt(['P1', 'P2'], some)) {
					expect(silent.includes(promptKey)).toBe(amount === 0);
				}
				expect(silent.length).toBeLessThanOrEqual(2);
			}),
		);
	});
});
