import type { Room } from './room.ts';

export interface SeatTalk {
	seatId: string;
	ms: number;
	/** Of all talk of seats, 0 to 1. */
	share: number;
}

/** How long each taken seat has spoken until now. */
export function talkOf(room: Room, nowMs: number): { seats: SeatTalk[]; facilitatorMs: number } {
	const by = new Map<string | null, number>();
	const add = (seatId: string | null, ms: number) => by.set(seatId, (by.get(seatId) ?? 0) + ms);
	for (const { kind, seatId, startMs, endMs } of room.stretches) {
		if (kind !== 'pause') {
			add(kind === 'facilitator' ? null : seatId, endMs - startMs);
		}
	}
	if (room.speaking) {
		add(room.speaking.seatId, Math.max(0, nowMs - room.speaking.since));
	}
	const taken = room.seats.filter(({ isTaken }) => isTaken);
	const total = taken.reduce((sum, { id }) => sum + (by.get(id) ?? 0), 0);
	return {
		seats: taken.map(({ id }) => {
			const ms = by.get(id) ?? 0;
			return { seatId: id, ms, share: total === 0 ? 0 : ms / total };
		}),
		facilitatorMs: by.get(null) ?? 0,
	};
}

/** How long each prompt may take: its block of the agenda, in equal parts. */
export function promptMs(
	agenda: readonly { minutes: number; prompts?: readonly string[] | undefined }[],
	promptKey: string | null,
): number | null {
	const block = agenda.find(({ prompts }) => promptKey !== null && prompts?.includes(promptKey));
	const parts = block?.prompts?.length ?? 0;
	return block && parts > 0 ? (block.minutes * 60_000) / parts : null;
}

/** 605000 → '10:05'. */
export function clockWords(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	const two = (n: number) => String(n).padStart(2, '0');
	const rest = `${two(minutes)}:${two(seconds % 60)}`;
	return hours === 0 ? rest.replace(/^0(\d)/, '$1') : `${hours}:${rest}`;
}

const KEYS = '123456789abcdefghijkl';

/** The place of the seat a key stands for; null for other keys. */
export function seatOfKey(key: string): number | null {
	const index = KEYS.indexOf(key.toLowerCase());
	return key.length === 1 && index >= 0 ? index : null;
}

/** The key that stands for a seat; none after the twenty-first. */
export function keyOfSeat(index: number): string | null {
	return KEYS[index] ?? null;
}
