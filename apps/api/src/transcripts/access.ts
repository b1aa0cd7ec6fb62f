import {
	findTranscript,
	lockTranscript,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import { isOnDuty } from '@throughline/db/queries/dialog-session';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError, notFound } from '../errors.ts';
import { type Principal, rolesIn } from '../policies/principal.ts';
import { type TranscriptReading, transcriptReading } from '../policies/transcript-reader.ts';

/** How much of a transcript is shown. */
export type ShownReading = Exclude<TranscriptReading, 'nothing'>;

/**
 * A transcript, and how much of it this person reads.
 * @throws AppError 404 when there is none, or nothing of it is theirs to read.
 */
export async function readableTranscript(
	db: Kysely<Schema>,
	key: TranscriptKey & { personId: string },
	principal: Principal,
): Promise<{ transcript: Transcript; reading: ShownReading }> {
	const transcript = await needTranscript(db, key);
	const roles = rolesIn(principal, key.engagementId);
	const reader = { roles, isOnDuty: await isOnDuty(db, key) };
	const reading = transcriptReading(reader, transcript.status);
	if (reading === 'nothing') {
		throw notFound();
	}
	return { transcript, reading };
}

/** @throws AppError 404 when there is none. */
export async function needTranscript(db: Kysely<Schema>, key: TranscriptKey): Promise<Transcript> {
	const transcript = await findTranscript(db, key);
	if (!transcript) {
		throw notFound();
	}
	return transcript;
}

/**
 * A draft, held for editing until the transaction ends.
 * @throws AppError 404 when there is none, 409 `transcript_checked` when it is no draft any more.
 */
export async function needDraft(db: Kysely<Schema>, key: TranscriptKey): Promise<Transcript> {
	const transcript = await lockTranscript(db, key);
	if (!transcript) {
		throw notFound();
	}
	if (transcript.status !== 'draft') {
		throw new AppError(
			'transcript_checked',
			409,
			'This transcript is checked. Open it for editing again first.',
		);
	}
	return transcript;
}
