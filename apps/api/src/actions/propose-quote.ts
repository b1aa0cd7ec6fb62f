import { createHash } from 'node:crypto';
import { spanConsent } from '@throughline/analysis/dialog';
import { codePointLength, codePointSlice, words } from '@throughline/analysis/text';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findExcerpt } from '@throughline/db/queries/coding-queue';
import type { DialogOrigin } from '@throughline/db/queries/excerpt-source';
import { findSpan, insertQuote } from '@throughline/db/queries/quote';
import { listSeatsOfExcerpt, type SpanSeat } from '@throughline/db/queries/span-consent';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';

/** A longer quote tells more about one student than about what was said. */
const MAX_LENGTH = 600;

interface Span {
	excerptId: string;
	startAt: number;
	endAt: number;
}

/**
 * Proposes a span of an excerpt as a quote; white space at its ends is left out. The same span
 * twice is one quote.
 * @throws AppError 404 for an excerpt of elsewhere; 409 `not_quotable` for spoken words of someone
 * who did not agree to be quoted; 409 `not_said_so` for notes in other words; 422 for a span that holds no word, is too long
 * or is not inside the excerpt.
 */
export async function proposeQuote(
	deps: Pick<Deps, 'db' | 'random'>,
	key: { engagementId: string; personId: string },
	span: Span,
): Promise<{ id: string; isNew: boolean }> {
	const { engagementId, personId } = key;
	const { excerptId } = span;
	return deps.db.transaction().execute(async (trx) => {
		const excerpt = await findExcerpt(trx, { engagementId, excerptId });
		if (!excerpt) {
			throw notFound();
		}
		const seats = await listSeatsOfExcerpt(trx, { engagementId, excerptId });
		if (excerpt.dialog?.note === 'paraphrase') {
			throw new AppError(
				'not_said_so',
				409,
				'These are notes in other words than were said. They can be coded and counted, not quoted.',
			);
		}
		refuseUnquotable(mayBeQuoted({ ...excerpt, seats }));
		const { text, ...place } = checkSpan(excerpt.text, span);
		const same = await findSpan(trx, { engagementId, excerptId, ...place });
		if (same !== undefined) {
			return { id: same, isNew: false };
		}
		const id = deps.random.uuid7();
		await insertQuote(trx, {
			engagementId,
			id,
			excerptId,
			...place,
			textHash: hashOf(text),
			proposedBy: personId,
		});
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId,
			action: 'quote.proposed',
			target: id,
		});
		return { id, isNew: true };
	});
}

/** Answers may always be quoted, once cleared; spoken words only where every speaker agreed. */
export function mayBeQuoted({
	dialog,
	seats,
}: {
	dialog: DialogOrigin | null;
	seats: readonly SpanSeat[];
}): boolean {
	return dialog === null || spanConsent(seats.map(({ entries }) => entries)).quoted;
}

/** @throws AppError 409 `not_quotable`. Who did not agree is nobody's business, so it is not said. */
export function refuseUnquotable(mayBeQuoted: boolean): void {
	if (!mayBeQuoted) {
		throw new AppError(
			'not_quotable',
			409,
			'Not everyone who spoke these words agreed to be quoted. They can be coded and counted, not quoted.',
		);
	}
}

/** The SHA-256 of a quote's words, as stored beside its place. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

function checkSpan(whole: string, { startAt, endAt }: Span) {
	if (startAt >= endAt || endAt > codePointLength(whole)) {
		throw refusal('Choose a part of this answer: its beginning comes before its end.');
	}
	const chosen = codePointSlice(whole, startAt, endAt);
	const text = chosen.trim();
	if (words(text).length === 0) {
		throw refusal('Choose at least one word.');
	}
	const length = codePointLength(text);
	if (length > MAX_LENGTH) {
		throw refusal(`A quote has up to ${MAX_LENGTH} characters; this has ${length}. Choose less.`);
	}
	const start = startAt + codePointLength(chosen) - codePointLength(chosen.trimStart());
	return { text, startAt: start, endAt: start + length };
}

function refusal(why: string): AppError {
	return new AppError('invalid_input', 422, why, { fields: { span: why } });
}
