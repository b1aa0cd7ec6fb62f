import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	deleteClearance,
	findQuote,
	withdrawQuote as markWithdrawn,
	writeClearance,
} from '@throughline/db/queries/quote';
import { listResting, raiseFlags } from '@throughline/db/queries/review-flag';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { mayBeQuoted, refuseUnquotable } from './propose-quote.ts';

interface QuoteKey {
	engagementId: string;
	quoteId: string;
	personId: string;
}

/**
 * One person clears a quote or blocks it, and says why; what they said before is replaced.
 * @throws AppError 404; 409 `quote_withdrawn`; 409 `not_quotable` when a speaker does not agree.
 */
export async function clearQuote(
	deps: Pick<Deps, 'db' | 'random'>,
	key: QuoteKey,
	clearance: { isCleared: boolean; reason: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const quote = await findQuote(trx, key);
		if (!quote) {
			throw notFound();
		}
		if (quote.withdrawnAt !== null) {
			throw new AppError('quote_withdrawn', 409, 'This quote was withdrawn.');
		}
		if (clearance.isCleared) {
			refuseUnquotable(mayBeQuoted(quote));
		}
		await writeClearance(trx, key, { personId: key.personId, ...clearance });
		await record(deps, trx, {
			...key,
			action: clearance.isCleared ? 'quote.cleared' : 'quote.blocked',
		});
	});
}

/** A person takes their word about a quote back. @throws AppError 404 when they had said nothing. */
export async function unclearQuote(
	deps: Pick<Deps, 'db' | 'random'>,
	key: QuoteKey,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		if (!(await deleteClearance(trx, key))) {
			throw notFound();
		}
		await record(deps, trx, { ...key, action: 'quote.unsaid' });
	});
}

/**
 * Withdraws a quote: nothing new can rest on it, and what does is flagged. A frozen release stays as
 * it is; whoever reads it is told that the words were withdrawn, and not shown them.
 * @throws AppError 404 when there is none, or it was withdrawn before.
 */
export async function withdrawQuote(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	key: QuoteKey,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		if (!(await markWithdrawn(trx, key, deps.clock()))) {
			throw notFound();
		}
		await flagOthers(deps, trx, key);
		await record(deps, trx, { ...key, action: 'quote.withdrawn' });
	});
}

/** Flags what rests on a quote; the quote itself says what became of it. */
async function flagOthers(
	{ random }: Pick<Deps, 'random'>,
	trx: Parameters<typeof raiseFlags>[0],
	{ engagementId, quoteId }: QuoteKey,
): Promise<void> {
	const resting = await listResting(trx, engagementId, { quoteIds: [quoteId] });
	const flags = resting
		.filter(({ targetType }) => targetType !== 'quote')
		.map((target) => ({ ...target, id: random.uuid7(), reason: 'withdrawn' as const }));
	await raiseFlags(trx, engagementId, flags);
}

function record(
	{ random }: Pick<Deps, 'random'>,
	trx: Parameters<typeof writeAuditEntry>[0],
	{ engagementId, quoteId, personId, action }: QuoteKey & { action: string },
): Promise<void> {
	const id = random.uuid7();
	return writeAuditEntry(trx, { engagementId, id, personId, action, target: quoteId });
}
