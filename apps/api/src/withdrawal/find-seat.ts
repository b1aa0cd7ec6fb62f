import {
	findSeatBySlip,
	findSessionsByCode,
	type SeatKey,
} from '@throughline/db/queries/withdrawal';
import { hashCode, parseCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { GuessBudget } from '../student/guess-budget.ts';

/** No session has this id: what an unknown code is looked up under, so that it takes as long. */
const NO_SESSION = '00000000-0000-4000-8000-000000000000';

/**
 * The seat of a slip. A code nobody has, a slip of another session and letters that are no code all
 * take the same way and get the same answer.
 * @throws AppError 404 `slip_unknown`; 429 `too_many_wrong_slips`.
 */
export async function findSeat(
	deps: Pick<Deps, 'db' | 'keys'>,
	typed: { session: string; slip: string },
	budget: GuessBudget,
): Promise<SeatKey> {
	const session = plainCode(typed.session);
	const sessions = await findSessionsByCode(deps.db, session);
	const slip = parseCode(typed.slip) ?? '';
	const ids = sessions.length > 0 ? sessions.map(({ sessionId }) => sessionId) : [NO_SESSION];
	const candidates = ids.map((sessionId) => ({
		sessionId,
		hash: hashCode(deps.keys.pepper, sessionId, slip),
	}));
	const seat = await findSeatBySlip(deps.db, candidates);
	if (seat) {
		return seat;
	}
	if (budget.isSpentBy(session)) {
		throw new AppError(
			'too_many_wrong_slips',
			429,
			'Too many wrong slips were tried for this session. Wait ten minutes and try again.',
		);
	}
	throw new AppError(
		'slip_unknown',
		404,
		'These two do not belong together. Check each letter of both on your slip.',
	);
}

/** A session's code as people type it: any case, with or without spaces and dashes. */
function plainCode(typed: string): string {
	return typed
		.normalize('NFKC')
		.replaceAll(/[\s\p{Dash_Punctuation}\p{Format}]/gu, '')
		.toUpperCase()
		.slice(0, 40);
}
