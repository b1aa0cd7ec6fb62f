import { type ConsentEntry, type ConsentScope, NEEDS_GUARDIAN, seatConsent } from './consent.ts';

/**
 * What may be done with words several seats spoke: only what every one of them allows. Words of no
 * seat (nobody was assigned to them) allow nothing, for nobody was asked.
 *
 * @param seats per seat of the span, its lines of the ledger.
 *
 * @example
 * spanConsent([]).quoted; // false
 */
export function spanConsent(
	seats: readonly (readonly ConsentEntry[])[],
	{ needsGuardian }: { needsGuardian: readonly ConsentScope[] } = { needsGuardian: NEEDS_GUARDIAN },
): Record<ConsentScope, boolean> {
	const allowed = seats.map((entries) => seatConsent(entries, { needsGuardian }));
	const all = (scope: ConsentScope) =>
		allowed.length > 0 && allowed.every((consent) => consent[scope]);
	return {
		recorded: all('recorded'),
		transcribed: all('transcribed'),
		quoted: all('quoted'),
		voice_played: all('voice_played'),
		kept: all('kept'),
	};
}
