import {
	dominantSeat,
	shareOfTalk,
	silentPrompts,
	type SpeakingEvent,
} from '@throughline/analysis/dialog';
import type { HeldSession } from '@throughline/db/queries/talk';
import type { SessionFairness, SessionTalk } from '../routes/voices/fairness-schema.ts';
import { localDate } from './local-time.ts';

interface Prompt {
	key: string;
	text: string;
	isAsked: boolean;
}

/** How talk was shared in a session, without saying whose voice was which. */
export function presentTalk(
	session: HeldSession,
	{ events, prompts }: { events: readonly SpeakingEvent[]; prompts: readonly Prompt[] },
): SessionTalk {
	const shares = shareOfTalk(events);
	const asked = prompts.filter(({ isAsked }) => isAsked);
	const silent = new Set(
		silentPrompts(
			asked.map(({ key }) => key),
			events,
		),
	);
	return {
		id: session.id,
		key: session.key,
		site: session.site,
		heldOn: localDate(session.startsAt, session.timezone),
		unit: shares.unit,
		isCounted: shares.total > 0,
		hasOneVoice: dominantSeat(shares) !== null,
		facilitatorPercent: percent(shares.facilitator.share),
		unknownPercent: percent(shares.unknown.share),
		silentPrompts: asked.filter(({ key }) => silent.has(key)).map(({ text }) => text),
	};
}

/** The same with the share of each seat, for whoever was in the room. */
export function presentFairness(
	session: HeldSession,
	talk: {
		events: readonly SpeakingEvent[];
		prompts: readonly Prompt[];
		/** Null for those who were not on duty. */
		seats: readonly { id: string; label: string }[] | null;
	},
): SessionFairness {
	const { events, seats } = talk;
	const shares =
		seats &&
		shareOfTalk(
			events,
			seats.map(({ id }) => id),
		).seats;
	return {
		session: presentTalk(session, talk),
		seats:
			seats &&
			seats.map(({ id, label }) => {
				const own = shares?.find(({ seatId }) => seatId === id);
				return { label, percent: percent(own?.share ?? 0) };
			}),
	};
}

function percent(share: number): number {
	return Math.round(share * 100);
}
