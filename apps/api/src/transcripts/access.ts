import {
	findTranscript,
	lockTranscript,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError, notFound } from '../errors.ts';

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
