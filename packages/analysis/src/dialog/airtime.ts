/** Somebody spoke: a turn of a transcript, or a mark on the tablet. */
export interface SpeakingEvent {
	startMs: number;
	endMs: number;
	/** Null: nobody knows which seat. */
	seatId: string | null;
	/** True: it was the facilitator, whatever the seat. */
	isFacilitator: boolean;
	/** The prompt that was open; null before the first. */
	promptKey: string | null;
	/** How many words were said; needed where there are no times. */
	words?: number;
}

/** What talk is counted in: time, or words where nothing has a time. */
export type TalkUnit = 'milliseconds' | 'words';

export interface TalkShare {
	amount: number;
	/** Of everything that was said, 0 to 1; 0 when nobody spoke. */
	share: number;
}

export interface SeatTalk extends TalkShare {
	seatId: string;
	/** Of what the seats said, without the facilitator and without unknown voices. */
	shareOfSeats: number;
}

/** Who spoke how much. The shares of the seats, the facilitator and unknown voices sum to 1. */
export interface TalkShares {
	unit: TalkUnit;
	total: number;
	/** The seats that spoke, and those asked for, the most first. */
	seats: SeatTalk[];
	facilitator: TalkShare;
	unknown: TalkShare;
}

export interface PromptTalk {
	promptKey: string;
	/** What was said to it, the facilitator apart. */
	amount: number;
	/** How many seats spoke to it. */
	seats: number;
	/** Nobody but the facilitator said anything. */
	isSilent: boolean;
}

/**
 * Milliseconds when one event has a length, otherwise words: the two do not add up, so a session is
 * counted in one of them.
 */
export function talkUnit(events: readonly SpeakingEvent[]): TalkUnit {
	return events.some(({ startMs, endMs }) => endMs > startMs) ? 'milliseconds' : 'words';
}

/**
 * The share of talk by seat, of the facilitator and of voices nobody could tell. Who speaks while
 * others do counts like anybody; what is marked twice for the same voice counts once.
 *
 * @param seatIds seats that appear though they said nothing.
 * @example
 * const said = { startMs: 0, isFacilitator: false, promptKey: null };
 * shareOfTalk([{ ...said, endMs: 3000, seatId: 'a' }, { ...said, endMs: 1000, seatId: 'b' }]).seats[0];
 * // { seatId: 'a', amount: 3000, share: 0.75, shareOfSeats: 0.75 }
 */
export function shareOfTalk(
	events: readonly SpeakingEvent[],
	seatIds: readonly string[] = [],
): TalkShares {
	const unit = talkUnit(events);
	const amountOf = (some: readonly SpeakingEvent[]) => amount(some, unit);
	const bySeat = new Map<string, SpeakingEvent[]>(seatIds.map((seatId) => [seatId, []]));
	for (const event of events) {
		if (event.seatId !== null && !event.isFacilitator) {
			const said = bySeat.get(event.seatId) ?? [];
			said.push(event);
			bySeat.set(event.seatId, said);
		}
	}
	const seats = [...bySeat].map(([seatId, said]) => ({ seatId, amount: amountOf(said) }));
	const ofSeats = seats.reduce((sum, seat) => sum + seat.amount, 0);
	const facilitator = amountOf(events.filter(({ isFacilitator }) => isFacilitator));
	const unknown = amountOf(
		events.filter(({ seatId, isFacilitator }) => seatId === null && !isFacilitator),
	);
	const total = ofSeats + facilitator + unknown;
	return {
		unit,
		total,
		seats: seats
			.map((seat) => ({
				...seat,
				share: part(seat.amount, total),
				shareOfSeats: part(seat.amount, ofSeats),
			}))
			.sort((one, other) => other.amount - one.amount || compare(one.seatId, other.seatId)),
		facilitator: { amount: facilitator, share: part(facilitator, total) },
		unknown: { amount: unknown, share: part(unknown, total) },
	};
}

/**
 * The seat that said more than half of what all seats said; null when none did. Exactly half is not
 * more than half, and the facilitator is no seat.
 */
export function dominantSeat(shares: Pick<TalkShares, 'seats'>): SeatTalk | null {
	return shares.seats.find(({ shareOfSeats }) => shareOfSeats > 0.5) ?? null;
}

/** The sessions in which one voice holds more than half, with that voice. */
export function sessionsOfOneVoice(
	sessions: readonly { sessionId: string; events: readonly SpeakingEvent[] }[],
): { sessionId: string; seat: SeatTalk }[] {
	return sessions.flatMap(({ sessionId, events }) => {
		const seat = dominantSeat(shareOfTalk(events));
		return seat === null ? [] : [{ sessionId, seat }];
	});
}

/**
 * What each prompt of the guide got, in the guide's order.
 *
 * @param promptKeys the prompts that were asked; others in the events are left out.
 */
export function talkByPrompt(
	promptKeys: readonly string[],
	events: readonly SpeakingEvent[],
): PromptTalk[] {
	const unit = talkUnit(events);
	return promptKeys.map((promptKey) => {
		const said = events.filter((event) => event.promptKey === promptKey && !event.isFacilitator);
		const { seats, total } = shareOfTalk(said.map((event) => inUnit(event, unit)));
		return {
			promptKey,
			amount: total,
			seats: seats.filter((seat) => seat.amount > 0).length,
			isSilent: total === 0,
		};
	});
}

/** The prompts nobody but the facilitator said anything to. */
export function silentPrompts(
	promptKeys: readonly string[],
	events: readonly SpeakingEvent[],
): string[] {
	return talkByPrompt(promptKeys, events)
		.filter(({ isSilent }) => isSilent)
		.map(({ promptKey }) => promptKey);
}

/** In a session counted in time, words alone count for nothing, in every part of it. */
function inUnit(event: SpeakingEvent, unit: TalkUnit): SpeakingEvent {
	return unit === 'milliseconds' ? { ...event, words: 0 } : event;
}

function amount(events: readonly SpeakingEvent[], unit: TalkUnit): number {
	if (unit === 'words') {
		return events.reduce((sum, { words = 0 }) => sum + Math.max(0, words), 0);
	}
	let spoken = 0;
	let until = Number.NEGATIVE_INFINITY;
	for (const { startMs, endMs } of events.toSorted((one, other) => one.startMs - other.startMs)) {
		spoken += Math.max(0, endMs - Math.max(startMs, until));
		until = Math.max(until, endMs);
	}
	return spoken;
}

function part(amount: number, total: number): number {
	return total === 0 ? 0 : amount / total;
}

function compare(one: string, other: string): number {
	if (one === other) {
		return 0;
	}
	return one < other ? -1 : 1;
}
