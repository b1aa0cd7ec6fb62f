import { createHash } from 'node:crypto';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { type FlagReason, listResting, raiseFlags } from '@throughline/db/queries/review-flag';
import { noteTakenBack } from '@throughline/db/queries/taken-back';
import {
	addWithdrawals,
	listExcerptsOfRoom,
	listExcerptsOfSeat,
	listWithdrawnScopes,
	lockSeat,
	type SeatKey,
	withdrawExcerpts,
	withdrawQuotesOf,
	withdrawSeat as markSeat,
} from '@throughline/db/queries/withdrawal';
import { addCuts, listUncut } from '@throughline/db/queries/withdrawal-cuts';
import type { Schema } from '@throughline/db/schema';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import type { ChartLanguage } from '../results/charts/words.ts';
import { scopesOf, type WithdrawalChoice, withdrawalWords } from './choices.ts';

type Own = Pick<Deps, 'db' | 'clock' | 'random'>;

/**
 * Takes back what was said from one seat, everywhere it went: the ledger, the recording, excerpts
 * and with them codings and counts, quotes, and a flag on everything that rests on them. One
 * transaction; doing it again, or less than before, changes nothing.
 * @param options.witnessId the member of staff it was said to; null by slip.
 * @throws AppError 404 when there is no such seat.
 */
export async function withdrawSeat(
	deps: Own,
	key: SeatKey,
	options: { choice: WithdrawalChoice; language: ChartLanguage; witnessId: string | null },
): Promise<void> {
	const { choice, language, witnessId } = options;
	const at = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		if (!(await lockSeat(trx, key))) {
			throw notFound();
		}
		const known = new Set(await listWithdrawnScopes(trx, key));
		const fresh = scopesOf[choice].filter((scope) => !known.has(scope));
		const words = withdrawalWords[choice][language];
		await addWithdrawals(trx, key, {
			lines: fresh.map((scope) => ({ id: deps.random.uuid7(), scope })),
			language,
			words,
			wordsHash: createHash('sha256').update(words).digest('hex'),
			witnessId,
			at,
		});
		if (choice !== 'quotes') {
			await silence(trx, deps, key);
		}
		if (choice !== 'voice') {
			await takeBackWords(trx, deps, { key, isEverything: choice === 'everything', at });
		}
		if (fresh.length > 0) {
			await writeAuditEntry(trx, {
				engagementId: key.engagementId,
				id: deps.random.uuid7(),
				personId: witnessId,
				action: 'dialog.withdrawn',
				target: key.sessionId,
				detail: { choice, bySlip: witnessId === null },
			});
		}
	});
}

/** Takes one excerpt back, because the group it was shown to asked for it. */
export async function withdrawExcerpt(
	trx: Transaction<Schema>,
	deps: Pick<Deps, 'clock' | 'random'>,
	key: { engagementId: string; sessionId: string; excerptId: string },
): Promise<void> {
	const at = deps.clock();
	await silence(trx, deps, key);
	const excerptIds = [key.excerptId];
	await withdrawExcerpts(trx, key.engagementId, { excerptIds, at });
	await takeBackQuotes(trx, deps, { engagementId: key.engagementId, excerptIds, at });
}

/** Flags everything that rests on quotes of these excerpts. */
export async function flagResting(
	trx: Transaction<Schema>,
	{ random }: Pick<Deps, 'random'>,
	{
		engagementId,
		excerptIds,
		reason,
	}: { engagementId: string; excerptIds: readonly string[]; reason: FlagReason },
): Promise<void> {
	const resting = await listResting(trx, engagementId, { excerptIds });
	const flags = resting.map((target) => ({ ...target, id: random.uuid7(), reason }));
	await raiseFlags(trx, engagementId, flags);
}

/** Silences what is taken back in the recordings of a session: to be called when one has arrived. */
export async function silenceTakenBack(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	key: { engagementId: string; sessionId: string },
): Promise<void> {
	await db.transaction().execute((trx) => silence(trx, { random }, { ...key, isTakenBack: true }));
}

async function silence(
	trx: Transaction<Schema>,
	{ random }: Pick<Deps, 'random'>,
	of: Parameters<typeof listUncut>[1],
): Promise<void> {
	const uncut = await listUncut(trx, of);
	const cuts = uncut.map((stretch) => ({ ...stretch, id: random.uuid7() }));
	await addCuts(trx, of.engagementId, cuts);
}

async function takeBackWords(
	trx: Transaction<Schema>,
	deps: Pick<Deps, 'random'>,
	{ key, isEverything, at }: { key: SeatKey; isEverything: boolean; at: Date },
): Promise<void> {
	const { engagementId } = key;
	const excerptIds = await listExcerptsOfSeat(trx, key);
	if (isEverything) {
		await markSeat(trx, key, at);
		await withdrawExcerpts(trx, engagementId, { excerptIds, at });
	}
	// What somebody in the room said may be theirs: it is not quoted any more, and still counts.
	const ofRoom = await listExcerptsOfRoom(trx, key);
	const quoted = [...new Set([...excerptIds, ...ofRoom])];
	await takeBackQuotes(trx, deps, { engagementId, excerptIds: quoted, at });
}

async function takeBackQuotes(
	trx: Transaction<Schema>,
	deps: Pick<Deps, 'random'>,
	{
		engagementId,
		excerptIds,
		at,
	}: { engagementId: string; excerptIds: readonly string[]; at: Date },
): Promise<void> {
	const quotes = await withdrawQuotesOf(trx, engagementId, { excerptIds, at });
	await noteTakenBack(trx, engagementId, { quoteIds: quotes.map(({ id }) => id), at });
	await flagResting(trx, deps, { engagementId, excerptIds, reason: 'withdrawn' });
}
