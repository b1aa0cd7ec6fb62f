import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToRoom, emptyRoom, type Room } from './room.ts';
import { consentSaid, isoOf, type Said, seatsFor, stretchSaid, takeSeats } from './said.ts';
import { sampleKit } from './sample-kit.ts';

const kit = sampleKit();

function after(room: Room, said: readonly Said[]): Room {
	// Id, time and the rest together are an operation of that type.
	const operations = said.map((each, index) => ({ id: `o${index}`, at: isoOf(0), ...each }));
	return operations.reduce((so, each) => applyToRoom(so, each as never), room);
}

function taken(room: Room): string[] {
	return room.seats.filter(({ isTaken }) => isTaken).map(({ id }) => id);
}

describe('what is said of seats', () => {
	it('leaves as many taken as people are here, whoever sat there before', () => {
		const many = { ...emptyRoom(kit), seats: seats(12) };
		const count = fc.integer({ min: 0, max: 12 });
		fc.assert(
			fc.property(fc.array(count, { maxLength: 6 }), count, (before, last) => {
				const room = [...before, last].reduce(
					(so, present) => after(so, takeSeats(so, seatsFor(so, present))),
					many,
				);
				expect(taken(room)).toEqual(many.seats.slice(0, last).map(({ id }) => id));
				expect(takeSeats(room, seatsFor(room, last))).toEqual([]);
			}),
		);
		expect.hasAssertions();
	});

	it('rests consent on the very words of the language, English where there are none', () => {
		const line = { seatId: 's1', scope: 'quoted', source: 'student', isGiven: true } as const;
		const words = kit.consent[0]?.lines.find((each) => each.scope === 'quoted');
		expect(consentSaid(kit, 'so', line)).toEqual([
			{ type: 'consent', ...line, language: 'en', wordsHash: words?.hash },
		]);
	});

	it('never ends a stretch before it began', () => {
		const about = { promptKey: 'P1', tableNo: null };
		expect(stretchSaid('pause', { startMs: 9, endMs: 5 }, about)).toMatchObject({
			startMs: 9,
			endMs: 9,
			seatId: null,
		});
	});
});

function seats(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		id: `s${index}`,
		label: '',
		position: index + 1,
		isTaken: false,
	}));
}
