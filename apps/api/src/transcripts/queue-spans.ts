import { isNonAnswer } from '@throughline/analysis/text';
import { lastQueuePosition } from '@throughline/db/queries/excerpt';
import type { Transcript, TranscriptKey } from '@throughline/db/queries/transcript';
import { countTurnExcerpts, insertSpans, type NewSpan } from '@throughline/db/queries/turn-span';
import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import { shuffle } from '../ballot/shuffle.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { hashOf } from './excerpts-hold.ts';
import type { RenderedSpan, SpanPlace } from './render-span.ts';

type Key = TranscriptKey & { personId: string };

export interface MadeSpan {
	place: SpanPlace;
	rendered: RenderedSpan;
}

/** At least this many excerpts of turns are drawn for double coding, or all if there are fewer. */
const SMALLEST_SAMPLE = 300;
const SAMPLE_SHARE = 0.2;
const MAX_LETTERS = 8000;

/**
 * Puts excerpts into the coding queue behind all others, in an order of chance, and draws those
 * that are coded twice.
 * @returns the ids of the spans.
 */
export async function queueUp(
	{ random }: Pick<Deps, 'random'>,
	trx: Kysely<Schema>,
	{ key, transcript, spans }: { key: Key; transcript: Transcript; spans: MadeSpan[] },
): Promise<string[]> {
	if (spans.length === 0) {
		return [];
	}
	// Two who mark at once would draw the same places of the queue.
	await sql`select pg_advisory_xact_lock(hashtext(${`queue:${key.engagementId}`}))`.execute(trx);
	const last = await lastQueuePosition(trx, key.engagementId);
	const known = await countTurnExcerpts(trx, key.engagementId);
	const shuffled = [...spans];
	shuffle(shuffled, random);
	const all = known.all + shuffled.length;
	let room = Math.max(SMALLEST_SAMPLE, Math.ceil(all * SAMPLE_SHARE)) - known.sampled;
	const made = shuffled.map(({ place, rendered }, index): NewSpan => {
		const { text } = rendered;
		if ([...text].length > MAX_LETTERS) {
			throw unusable('This is too long for one excerpt. Choose fewer words.');
		}
		const isBlank = isNonAnswer(text, transcript.language);
		const isSampled = !isBlank && room > 0;
		room -= Number(isSampled);
		return spanRow(
			random,
			{ key, transcript, place, rendered },
			{
				queue_position: last + 1 + index,
				in_sample: isSampled,
				is_non_answer: isBlank,
			},
		);
	});
	await insertSpans(trx, made);
	return made.map(({ span }) => span.id);
}

function spanRow(
	random: Deps['random'],
	{ key, transcript, place, rendered }: MadeSpan & { key: Key; transcript: Transcript },
	queue: { queue_position: number; in_sample: boolean; is_non_answer: boolean },
): NewSpan {
	const id = random.uuid7();
	const common = {
		engagement_id: key.engagementId,
		session_id: transcript.sessionId,
		prompt_key: rendered.promptKey,
	};
	return {
		span: {
			...common,
			id,
			transcript_id: key.transcriptId,
			start_turn_id: place.startTurnId,
			start_at: place.startAt,
			end_turn_id: place.endTurnId,
			end_at: place.endAt,
			start_ms: rendered.startMs,
			end_ms: Math.max(rendered.startMs, rendered.endMs),
			is_rooms: rendered.isRooms,
			created_by: key.personId,
		},
		seatIds: rendered.seatIds,
		excerpt: {
			...common,
			...queue,
			id: random.uuid4(),
			source_kind: 'turn',
			source_id: id,
			text: rendered.text,
			text_hash: hashOf(rendered.text),
			language: transcript.language,
			redactions: JSON.stringify(rendered.redactions),
			note: rendered.note,
		},
	};
}

/** A span that makes no excerpt, and why. */
export function unusable(message: string): AppError {
	return new AppError('span_unusable', 422, message);
}
