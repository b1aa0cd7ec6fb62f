import { isNonAnswer, words } from '@throughline/analysis/text';
import {
	lockTranscript,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import { findTurns, listTurns, type Turn } from '@throughline/db/queries/turn';
import { deleteSpan, isExcerptUsed, listSpans } from '@throughline/db/queries/turn-span';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { seatsNotAllowed } from '../transcripts/allowed-seats.ts';
import { hiddenIn, MAX_SPAN_TURNS, MAX_SPANS } from '../transcripts/excerpts-hold.ts';
import { piecesOf, placeAsSaid } from '../transcripts/hide-words.ts';
import { type MadeSpan, queueUp, unusable } from '../transcripts/queue-spans.ts';
import { isParticipants, renderSpan, type SpanPlace } from '../transcripts/render-span.ts';

type Key = TranscriptKey & { personId: string };

/** Turns shorter than this say too little alone: 'yeah', 'same here'. */
const FEWEST_WORDS = 4;
const FEWEST_LETTERS = 20;
const PAGE = 500;

/** A place in a turn as it is shown, in code points. */
export interface ShownPlace {
	turnId: string;
	at: number;
}

/**
 * Makes an excerpt of the words between two places of a checked transcript.
 * @throws AppError 404; 409 `transcript_not_checked`, `span_overlaps`, `words_not_allowed`; 422
 * `span_unusable`.
 */
export async function markSpan(
	deps: Pick<Deps, 'db' | 'random'>,
	key: Key,
	marked: { start: ShownPlace; end: ShownPlace },
): Promise<{ spanId: string; turnIds: string[] }> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needChecked(trx, key);
		const { place, turns } = await placeOf(trx, key, marked);
		const first = turns[0];
		const last = turns.at(-1);
		if (!first || !last) {
			throw notFound();
		}
		const over = await listSpans(trx, {
			...key,
			from: first.position,
			to: last.position,
			limit: MAX_SPANS,
		});
		const isOver = over.some(
			(span) =>
				(span.endTurnId !== first.id || span.endAt > place.startAt) &&
				(span.startTurnId !== last.id || span.startAt < place.endAt),
		);
		if (isOver) {
			throw new AppError('span_overlaps', 409, 'Some of these words are in an excerpt already.');
		}
		const hidden = await hiddenIn(trx, key, turns);
		const rendered = renderSpan(place, turns, hidden);
		await refuseNotAllowed(trx, key, { transcript, seatIds: rendered.seatIds });
		const [spanId = ''] = await queueUp(deps, trx, {
			key,
			transcript,
			spans: [{ place, rendered }],
		});
		return { spanId, turnIds: turns.map(({ id }) => id) };
	});
}

/**
 * Makes an excerpt of every turn, or of those on one prompt, that is in none yet. Blank words and
 * very short turns are passed over.
 */
export async function takeTurns(
	deps: Pick<Deps, 'db' | 'random'>,
	key: Key,
	{ promptKey }: { promptKey: string | null },
): Promise<{ made: number; passedOver: number }> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needChecked(trx, key);
		const notAllowed = new Set(await seatsNotAllowed(trx, key, transcript.source));
		const existing = await listSpans(trx, { ...key, from: -1e9, to: 1e9, limit: MAX_SPANS });
		const spans: MadeSpan[] = [];
		let passedOver = 0;
		let next = 0;
		for (let after: number | undefined; ;) {
			const page = await listTurns(trx, { ...key, after, limit: PAGE });
			const hidden = await hiddenIn(trx, key, page);
			for (const turn of page) {
				const isWanted =
					isParticipants(turn) && (promptKey === null || turn.promptKey === promptKey);
				while ((existing[next]?.endPosition ?? Infinity) < turn.position) {
					next += 1;
				}
				const isTaken = (existing[next]?.startPosition ?? Infinity) <= turn.position;
				if (!isWanted || isTaken) {
					continue;
				}
				const place = wholeTurn(turn);
				const rendered = renderSpan(place, [turn], hidden);
				if (isTooShort(rendered.text, transcript.language) || notAllowed.has(turn.seatId ?? '')) {
					passedOver += 1;
				} else {
					spans.push({ place, rendered });
				}
			}
			const last = page.at(-1);
			if (!last || page.length < PAGE) {
				break;
			}
			after = last.position;
		}
		await queueUp(deps, trx, { key, transcript, spans });
		return { made: spans.length, passedOver };
	});
}

/**
 * Takes an excerpt back, while nobody has coded or quoted it.
 * @throws AppError 404; 409 `excerpt_in_use`.
 */
export async function takeBackSpan(
	deps: Pick<Deps, 'db'>,
	key: TranscriptKey & { spanId: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const transcript = await lockTranscript(trx, key);
		const excerpt =
			transcript &&
			(await trx
				.selectFrom('turn_span as s')
				.innerJoin('excerpt as e', (join) =>
					join.onRef('e.engagement_id', '=', 's.engagement_id').onRef('e.source_id', '=', 's.id'),
				)
				.select('e.id')
				.where('s.engagement_id', '=', key.engagementId)
				.where('s.transcript_id', '=', key.transcriptId)
				.where('s.id', '=', key.spanId)
				.executeTakeFirst());
		if (!excerpt) {
			throw notFound();
		}
		const used = { engagementId: key.engagementId, excerptId: excerpt.id };
		if (await isExcerptUsed(trx, used)) {
			throw new AppError(
				'excerpt_in_use',
				409,
				'Somebody has coded or quoted this excerpt. It stays, and so do its words.',
			);
		}
		await deleteSpan(trx, { ...used, spanId: key.spanId });
	});
}

async function needChecked(trx: Kysely<Schema>, key: TranscriptKey): Promise<Transcript> {
	const transcript = await lockTranscript(trx, key);
	if (!transcript) {
		throw notFound();
	}
	if (transcript.status !== 'checked') {
		throw new AppError(
			'transcript_not_checked',
			409,
			'Excerpts are made of checked transcripts alone. Check this one first.',
		);
	}
	return transcript;
}

/** Two places of shown text as a span of the text as it was said, in order, without blanks around. */
async function placeOf(
	trx: Kysely<Schema>,
	key: TranscriptKey,
	{ start, end }: { start: ShownPlace; end: ShownPlace },
): Promise<{ place: SpanPlace; turns: Turn[] }> {
	const edges = await findTurns(trx, { ...key, ids: [start.turnId, end.turnId] });
	const startTurn = edges.find(({ id }) => id === start.turnId);
	const endTurn = edges.find(({ id }) => id === end.turnId);
	if (!startTurn || !endTurn) {
		throw notFound();
	}
	const isBackwards =
		startTurn.position > endTurn.position || (startTurn.id === endTurn.id && start.at > end.at);
	const [first, from, last, to] = isBackwards
		? [endTurn, end.at, startTurn, start.at]
		: [startTurn, start.at, endTurn, end.at];
	if (!isParticipants(first) || !isParticipants(last)) {
		throw unusable('An excerpt begins and ends with words of a participant.');
	}
	const turns = await listTurns(trx, {
		...key,
		from: first.position,
		to: last.position,
		limit: MAX_SPAN_TURNS + 1,
	});
	if (turns.length > MAX_SPAN_TURNS) {
		throw unusable(`An excerpt has up to ${MAX_SPAN_TURNS} turns. Choose fewer.`);
	}
	const hidden = await hiddenIn(trx, key, edges);
	const asSaid = (turn: Turn, at: number, side: 'start' | 'end') =>
		placeAsSaid(piecesOf(turn.text, hidden(turn.id)), { at, side });
	const place = withoutBlanks(
		{ first, last },
		{
			startTurnId: first.id,
			startAt: asSaid(first, from, 'start'),
			endTurnId: last.id,
			endAt: asSaid(last, to, 'end'),
		},
	);
	return { place, turns };
}

function withoutBlanks({ first, last }: { first: Turn; last: Turn }, place: SpanPlace): SpanPlace {
	const isBlank = (turn: Turn, at: number) => /^\s$/u.test([...turn.text][at] ?? '');
	let { startAt, endAt } = place;
	while (isBlank(first, startAt)) {
		startAt += 1;
	}
	while (endAt > 0 && isBlank(last, endAt - 1)) {
		endAt -= 1;
	}
	const isEmpty =
		endAt <= 0 || startAt >= [...first.text].length || (first.id === last.id && endAt <= startAt);
	if (isEmpty) {
		throw unusable('Choose some words for the excerpt.');
	}
	return { ...place, startAt, endAt };
}

async function refuseNotAllowed(
	trx: Kysely<Schema>,
	key: TranscriptKey,
	{ transcript, seatIds }: { transcript: Transcript; seatIds: readonly string[] },
): Promise<void> {
	const notAllowed = await seatsNotAllowed(trx, key, transcript.source);
	if (seatIds.some((id) => notAllowed.includes(id))) {
		throw new AppError('words_not_allowed', 409, 'Some of these words may not be used.');
	}
}

function wholeTurn(turn: Turn): SpanPlace {
	return {
		startTurnId: turn.id,
		startAt: 0,
		endTurnId: turn.id,
		endAt: [...turn.text].length,
	};
}

function isTooShort(text: string, language: string): boolean {
	const isBrief = words(text).length < FEWEST_WORDS && [...text].length < FEWEST_LETTERS;
	return isBrief || isNonAnswer(text, language);
}
