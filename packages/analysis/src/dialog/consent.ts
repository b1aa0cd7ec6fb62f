/** What a seat can agree to, from least to most. */
export const CONSENT_SCOPES = [
	'recorded',
	'transcribed',
	'quoted',
	'voice_played',
	'kept',
] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

/** Who said it: the guardian's permission, the student's own assent, or a later withdrawal. */
export type ConsentSource = 'guardian' | 'student' | 'withdrawal';

/** One line of the ledger. The ledger is only added to; the newest line of a source counts. */
export interface ConsentEntry {
	seatId: string;
	scope: ConsentScope;
	source: ConsentSource;
	isGiven: boolean;
	/** Any order that grows with time: milliseconds, or the place in the ledger. */
	saidAt: number;
}

/** Scopes that mean nothing without another: a voice that was not recorded cannot be played. */
const NEEDS: Record<ConsentScope, readonly ConsentScope[]> = {
	recorded: [],
	transcribed: ['recorded'],
	quoted: [],
	voice_played: ['recorded', 'quoted'],
	kept: ['recorded'],
};

/**
 * What one seat allows, from its lines of the ledger. A scope is allowed when the student assented
 * to it and, where `needsGuardian` says so, the guardian gave permission; a withdrawal ends it,
 * whatever was said before or after by others. What was never said is not allowed.
 *
 * Guardian permission and assent: 34 CFR 98.4, 45 CFR 46.408; good practice for taping, research
 * brief of the domain §2.4.
 *
 * @example
 * seatConsent(
 * 	[{ seatId: 'a', scope: 'quoted', source: 'student', isGiven: true, saidAt: 1 }],
 * 	{ needsGuardian: [] },
 * ).quoted; // true
 */
export function seatConsent(
	entries: readonly ConsentEntry[],
	options: { needsGuardian: readonly ConsentScope[] },
): Record<ConsentScope, boolean> {
	const said = (scope: ConsentScope, source: ConsentSource) => newest(entries, scope, source);
	const alone = (scope: ConsentScope) =>
		said(scope, 'student') === true &&
		(!options.needsGuardian.includes(scope) || said(scope, 'guardian') === true) &&
		!isWithdrawn(entries, scope);
	const allows = (scope: ConsentScope): boolean =>
		alone(scope) && NEEDS[scope].every((needed) => allows(needed));
	return {
		recorded: allows('recorded'),
		transcribed: allows('transcribed'),
		quoted: allows('quoted'),
		voice_played: allows('voice_played'),
		kept: allows('kept'),
	};
}

/**
 * How a session is captured: with sound only when it was planned so and every seat that is taken
 * allows it. One missing permission makes it notes only; which one is nobody's business, so it is
 * not returned.
 *
 * @param seatIds the seats somebody sits on. With none, nothing is recorded.
 */
export function recordingMode(given: {
	plan: 'audio' | 'notes_only';
	seatIds: readonly string[];
	entries: readonly ConsentEntry[];
	needsGuardian: readonly ConsentScope[];
}): 'audio' | 'notes_only' {
	const { plan, seatIds, entries, needsGuardian } = given;
	const bySeat = Map.groupBy(entries, ({ seatId }) => seatId);
	const isAllowed = seatIds.every(
		(seatId) => seatConsent(bySeat.get(seatId) ?? [], { needsGuardian }).recorded,
	);
	return plan === 'audio' && seatIds.length > 0 && isAllowed ? 'audio' : 'notes_only';
}

/** Sound needs a guardian's permission; words need the student's own. */
export const NEEDS_GUARDIAN: readonly ConsentScope[] = ['recorded', 'voice_played', 'kept'];

function newest(
	entries: readonly ConsentEntry[],
	scope: ConsentScope,
	source: ConsentSource,
): boolean | null {
	let found: ConsentEntry | null = null;
	for (const entry of entries) {
		const isOne = entry.scope === scope && entry.source === source;
		if (isOne && (found === null || entry.saidAt >= found.saidAt)) {
			found = entry;
		}
	}
	return found?.isGiven ?? null;
}

function isWithdrawn(entries: readonly ConsentEntry[], scope: ConsentScope): boolean {
	return entries.some((entry) => entry.scope === scope && entry.source === 'withdrawal');
}
