import type { SeatView } from '@throughline/api/client';

/** The seat a label names by itself ('Voice B'), or whoever leads; '' leaves it to the person. */
export function guessSpeaker(label: string, seats: readonly SeatView[]): string {
	const plain = label.trim().toLowerCase();
	const seat = seats.find((candidate) => candidate.label.toLowerCase() === plain);
	if (seat) {
		return seat.id;
	}
	return /^(?:facilitator|moderator|host|interviewer)\b/.test(plain) ? 'facilitator' : '';
}
