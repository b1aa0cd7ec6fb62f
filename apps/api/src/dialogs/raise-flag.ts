import { listRoomDuties } from '@throughline/db/queries/dialog-room';
import { insertSafetyFlag } from '@throughline/db/queries/safety-flag';
import { makeNonce, openBox, sealBox } from '../ballot/sealed-box.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Seals what was written and addresses it to the session's safe adult. Nothing else of the product
 * reads it, and it is never analysed. Gives whom it went to.
 * @throws AppError 409 `no_safe_adult` while nobody is named; the tablet keeps it and sends again.
 */
export async function raiseFlag(
	deps: Pick<Deps, 'db' | 'keys' | 'random'>,
	from: { engagementId: string; sessionId: string; personId: string },
	flag: { id: string; atMs: number; text: string },
): Promise<string> {
	const { engagementId, sessionId } = from;
	const duties = await listRoomDuties(deps.db, from);
	const adult = duties.find(({ role, personId }) => role === 'safe_adult' && personId !== null);
	if (!adult?.personId) {
		throw new AppError(
			'no_safe_adult',
			409,
			'Nobody is named as the safe adult of this session. Tell an adult in the building now, and ask whoever planned the session to name one: this then goes out by itself.',
		);
	}
	const body = sealBox(Buffer.from(flag.text, 'utf8'), deps.keys.safety, {
		context: contextOf({ engagementId, id: flag.id, toPersonId: adult.personId }),
		nonce: makeNonce((length) => deps.random.bytes(length)),
	});
	await insertSafetyFlag(deps.db, {
		engagementId,
		id: flag.id,
		sessionId,
		toPersonId: adult.personId,
		raisedBy: from.personId,
		atMs: flag.atMs,
		body,
	});
	return adult.personId;
}

/** What was written, for the person it was addressed to: for nobody else does the seal open. */
export function openFlag(
	keys: Pick<Deps['keys'], 'safety'>,
	flag: { engagementId: string; id: string; toPersonId: string; body: Buffer },
): string {
	return openBox(flag.body, keys.safety, { context: contextOf(flag) }).toString('utf8');
}

function contextOf(flag: { engagementId: string; id: string; toPersonId: string }): string {
	return `safety:${flag.engagementId}:${flag.id}:${flag.toPersonId}`;
}
