import {
	adoptSecondFactor,
	beginSecondFactor,
	findSecondFactor,
	lockSecondFactor,
	noteRightCode,
	noteWrongCode,
	replaceRecoveryCodes,
	type SecondFactor,
	useRecoveryCode,
} from '@throughline/db/queries/second-factor';
import { endSessionsOf, noteSecondFactor } from '@throughline/db/queries/staff-session';
import type { Schema } from '@throughline/db/schema';
import type { Transaction } from 'kysely';
import { hkdfSync } from 'node:crypto';
import { makeNonce, openBox, sealBox } from '../../ballot/sealed-box.ts';
import type { Deps } from '../../deps.ts';
import { AppError } from '../../errors.ts';
import type { Principal } from '../../policies/principal.ts';
import { failureDelayMs } from './failure-delay.ts';
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts';
import { matchingStep, otpauthUri, SECRET_BYTES, toBase32 } from './totp.ts';
import { writeEntriesOf } from './write-entries-of.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'keys' | 'signIn'>;
type Staff = Extract<Principal, { type: 'staff' }>;

/**
 * The secret for an authenticator app, which counts once a code of it was proved. Asked again in
 * the same session it is the same, so that a page can be loaded twice; in another it is a new one,
 * so that nobody leaves a secret behind that they know.
 * @throws AppError 403 `confirmation_required` when another is set up and was not proved lately.
 */
export async function beginEnrolment(deps: Needs, by: Staff) {
	needFresh(by);
	const begun = await findSecondFactor(deps.db, by.personId);
	const secret =
		begun?.newSecret && begun.newInSession === by.sessionId
			? openSecret(deps, by, begun.newSecret)
			: await makeSecret(deps, by);
	return {
		secret: toBase32(secret),
		uri: otpauthUri(secret, { issuer: 'Throughline', account: by.email }),
	};
}

async function makeSecret(deps: Needs, by: Staff): Promise<Buffer> {
	const secret = deps.random.bytes(SECRET_BYTES);
	const nonce = makeNonce((length) => deps.random.bytes(length));
	const newSecret = sealBox(secret, keyOf(deps), { context: contextOf(by.personId), nonce });
	await beginSecondFactor(deps.db, { personId: by.personId, newSecret, sessionId: by.sessionId });
	return secret;
}

/**
 * The first code of a new secret: from now on it is the person's second factor, this session has
 * proved it, and their other sessions end.
 * @returns the recovery codes, which nobody can show again, and the session's new cookie.
 * @throws AppError 409 `not_set_up`, 422 `wrong_code`, 429 `too_many_tries`.
 */
export async function finishEnrolment(
	deps: Needs,
	by: Staff,
	code: string,
): Promise<{ recoveryCodes: string[]; cookie: string }> {
	needFresh(by);
	const recoveryCodes = makeRecoveryCodes(deps.random);
	const { token, cookie } = await deps.signIn.newSessionToken();
	await judge(deps, by, async (trx, factor) => {
		if (factor.newSecret === null || factor.newInSession !== by.sessionId) {
			throw new AppError('not_set_up', 409, 'Begin again: there is no new key to confirm.');
		}
		const step = await matchingStep(
			openSecret(deps, by, factor.newSecret),
			digits(code),
			deps.clock(),
		);
		if (step === null) {
			return false;
		}
		await adoptSecondFactor(trx, by.personId, step);
		await replaceRecoveryCodes(trx, by.personId, hashesOf(deps, by.personId, recoveryCodes));
		await noteSecondFactor(trx, { id: by.sessionId, at: deps.clock(), token });
		await endSessionsOf(trx, by.personId, { except: by.sessionId });
		await writeOwnEntries(trx, deps, by, 'second_factor.set_up');
		return true;
	});
	return { recoveryCodes, cookie };
}

/**
 * Proves the second factor in this session: by a code of the app, or by a recovery code.
 * @returns the session's new cookie when it was not proved before, null otherwise.
 * @throws AppError 409 `not_set_up`, 422 `wrong_code`, 429 `too_many_tries`.
 */
export async function proveSecondFactor(
	deps: Needs,
	by: Staff,
	code: string,
): Promise<{ cookie: string | null }> {
	const isFirst = by.assurance.secondFactor !== 'proved';
	const renewed = isFirst ? await deps.signIn.newSessionToken() : null;
	await judge(deps, by, async (trx, factor) => {
		if (!(await isRight(deps, by, { trx, factor, code }))) {
			return false;
		}
		const session = { id: by.sessionId, at: deps.clock() };
		await noteSecondFactor(trx, renewed ? { ...session, token: renewed.token } : session);
		return true;
	});
	return { cookie: renewed?.cookie ?? null };
}

/**
 * New recovery codes in place of the old ones.
 * @throws AppError 403 `confirmation_required`, 409 `not_set_up`.
 */
export async function renewRecoveryCodes(deps: Needs, by: Staff): Promise<string[]> {
	needFresh(by);
	if (!(await findSecondFactor(deps.db, by.personId))?.secret) {
		throw notSetUp();
	}
	const codes = makeRecoveryCodes(deps.random);
	await deps.db.transaction().execute(async (trx) => {
		await replaceRecoveryCodes(trx, by.personId, hashesOf(deps, by.personId, codes));
		await writeOwnEntries(trx, deps, by, 'second_factor.codes_renewed');
	});
	return codes;
}

/** Judges one code of a person at a time; a failure is counted although it is an error. */
async function judge(
	deps: Needs,
	by: Staff,
	isTaken: (trx: Transaction<Schema>, factor: SecondFactor) => Promise<boolean>,
): Promise<void> {
	const outcome = await deps.db.transaction().execute(async (trx) => {
		const factor = await lockSecondFactor(trx, by.personId);
		if (!factor) {
			throw notSetUp();
		}
		const now = deps.clock();
		const until = (factor.failedAt?.getTime() ?? 0) + failureDelayMs(factor.failures);
		if (now.getTime() < until) {
			return { waitMs: until - now.getTime() };
		}
		if (await isTaken(trx, factor)) {
			return null;
		}
		await noteWrongCode(trx, by.personId, now);
		return { waitMs: 0 };
	});
	if (outcome?.waitMs === 0) {
		const message = 'This code is not right. Codes change every 30 seconds: use the newest one.';
		throw new AppError('wrong_code', 422, message, { fields: { code: message } });
	}
	if (outcome) {
		const minutes = Math.ceil(outcome.waitMs / 60_000);
		const message = `Too many wrong codes. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
		throw new AppError('too_many_tries', 429, message, { fields: { code: message } });
	}
}

async function isRight(
	deps: Needs,
	by: Staff,
	{ trx, factor, code }: { trx: Transaction<Schema>; factor: SecondFactor; code: string },
): Promise<boolean> {
	const now = deps.clock();
	if (factor.secret === null) {
		throw notSetUp();
	}
	const step = await matchingStep(openSecret(deps, by, factor.secret), digits(code), now);
	if (step !== null && step > factor.lastStep) {
		await noteRightCode(trx, by.personId, step);
		return true;
	}
	const hash = hashRecoveryCode(keyOf(deps), by.personId, code);
	if (hash && (await useRecoveryCode(trx, { personId: by.personId, hash, at: now }))) {
		await noteRightCode(trx, by.personId, null);
		await writeOwnEntries(trx, deps, by, 'second_factor.recovery_used');
		return true;
	}
	return false;
}

/** What a person did with their own account. */
async function writeOwnEntries(
	trx: Transaction<Schema>,
	deps: Pick<Deps, 'random'>,
	by: Staff,
	action: string,
): Promise<void> {
	const { grants, personId } = by;
	await writeEntriesOf(trx, deps, { grants, by: personId, target: personId, action });
}

/** Whoever has a second factor proves it anew before it is replaced; the first is set up freely. */
function needFresh(by: Staff): void {
	const { secondFactor, isFresh } = by.assurance;
	if (secondFactor === 'due' || (secondFactor === 'proved' && !isFresh)) {
		throw new AppError('confirmation_required', 403, 'Confirm that it is you to go on.');
	}
}

function notSetUp(): AppError {
	return new AppError('not_set_up', 409, 'No second step is set up for this account.');
}

function openSecret(deps: Needs, by: Staff, sealed: Buffer): Buffer {
	return openBox(sealed, keyOf(deps), { context: contextOf(by.personId) });
}

function hashesOf(deps: Needs, personId: string, codes: string[]): Buffer[] {
	return codes.flatMap((code) => hashRecoveryCode(keyOf(deps), personId, code) ?? []);
}

/** Of its own, made from the secret of sessions: what is sealed with it is of no use elsewhere. */
function keyOf({ keys }: Needs): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.sessionSecret, '', 'throughline second factor', 32));
}

function contextOf(personId: string): string {
	return `second factor of ${personId}`;
}

/** Apps show codes in two groups. */
function digits(code: string): string {
	return code.replaceAll(/\s/g, '');
}
