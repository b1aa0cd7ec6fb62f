import { CONSENT_SCOPES, NEEDS_GUARDIAN, recordingMode } from '@throughline/analysis/dialog';
import { keepConsentWords } from '@throughline/db/queries/dialog-consent';
import { writeSlips } from '@throughline/db/queries/dialog-slip';
import {
	insertConsentEntries,
	insertDialogCounts,
	insertDialogEvents,
	insertDialogNotes,
	type NewConsentEntry,
} from '@throughline/db/queries/dialog-words';
import type { RecordingMode } from '@throughline/db/schema';
import { hashCode, makeCode } from '../../ballot/code.ts';
import type { Deps } from '../../deps.ts';
import { consentLanguages } from '../../dialogs/consent-words.ts';
import { seatLabel } from '../../dialogs/seat-label.ts';
import { millisecondsOf, type SampleDialog } from '../dialog-file.ts';
import { loadTranscript, type LoadedTurn } from './load-transcript.ts';
import { idOf } from './load-places.ts';

const MINUTE = 60_000;

export interface HeldLoading {
	key: { engagementId: string; sessionId: string };
	words: SampleDialog;
	startsAt: Date;
	witnessId: string;
	noteTakerId: string;
	recordingPlan: RecordingMode;
}

/** What was loaded of a session that was held. */
export interface HeldDialog {
	/** Ids of its seats, by their letters. */
	seatIds: Map<string, string>;
	/** The code on each seat's slip, by its letter: only the sample's are ever known. */
	slips: Map<string, string>;
	/** Null where notes were taken and no transcript was made. */
	transcriptId: string | null;
	turns: LoadedTurn[];
	noteIds: string[];
}

type Own = Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>;

/** Writes what came of a session: seats, agreements, counts, events, and words. */
export async function loadHeldDialog(deps: Own, loading: HeldLoading): Promise<HeldDialog> {
	const { key, words } = loading;
	const { seatIds, slips } = await loadSeats(deps, loading);
	const entries = await loadConsent(deps, loading, seatIds);
	await insertDialogCounts(
		deps.db,
		key,
		Object.entries(words.counts).flatMap(([attribute, values]) =>
			Object.entries(values).map(([value, n]) => ({ attribute, value, n })),
		),
	);
	await closeSession(deps, loading, { entries, seatIds });
	await loadEvents(deps, loading, seatIds);
	const transcript =
		words.turns.length > 0 ? await loadTranscript(deps, { ...loading, seatIds }) : null;
	const noteIds = await loadNotes(deps, loading, seatIds);
	return {
		seatIds,
		slips,
		transcriptId: transcript?.id ?? null,
		turns: transcript?.turns ?? [],
		noteIds,
	};
}

async function loadSeats({ db, random, keys }: Own, { key, words, startsAt }: HeldLoading) {
	const seats = Array.from({ length: words.participants }, (_, index) => ({
		id: random.uuid7(),
		position: index + 1,
		label: seatLabel(index + 1),
		code: makeCode((length) => random.bytes(length)),
	}));
	await writeSlips(
		db,
		key,
		seats.map((seat) => ({ ...seat, hash: hashCode(keys.pepper, key.sessionId, seat.code) })),
	);
	await db
		.updateTable('dialog_seat')
		.set({ taken_at: startsAt })
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.execute();
	const letterOf = (label: string) => label.slice('Voice '.length);
	return {
		seatIds: new Map(seats.map(({ label, id }) => [letterOf(label), id])),
		slips: new Map(seats.map(({ label, code }) => [letterOf(label), code])),
	};
}

async function loadConsent(
	{ db, random }: Own,
	{ key, words, startsAt, witnessId, recordingPlan }: HeldLoading,
	seatIds: Map<string, string>,
): Promise<NewConsentEntry[]> {
	const scopes = CONSENT_SCOPES.filter((scope) => recordingPlan === 'audio' || scope === 'quoted');
	const saidAt = new Date(startsAt.getTime() - 4 * MINUTE);
	const entries = [...seatIds].flatMap(([letter, seatId]) => {
		const { language, lines } = linesIn(words.languages[letter] ?? 'en');
		return lines
			.filter(({ scope }) => scopes.includes(scope))
			.filter(({ scope, source }) => source === 'student' || NEEDS_GUARDIAN.includes(scope))
			.map(({ scope, source, hash }): NewConsentEntry => {
				const decides = NEEDS_GUARDIAN.includes(scope) ? 'guardian' : 'student';
				const isLacking = words.without[scope]?.includes(letter) ?? false;
				return {
					id: random.uuid7(),
					seatId,
					scope,
					source,
					isGiven: source !== decides || !isLacking,
					language,
					wordsHash: hash,
					witnessId,
					saidAt,
				};
			});
	});
	const { engagementId } = key;
	for (const language of new Set(entries.map((entry) => entry.language))) {
		for (const { hash, words: line } of linesIn(language).lines) {
			await keepConsentWords(db, { engagementId, hash, language, text: line });
		}
	}
	await insertConsentEntries(db, key, entries);
	return entries;
}

/** @throws Error for a language nobody wrote words in. */
function linesIn(language: string) {
	const found = consentLanguages.find((each) => each.language === language);
	if (!found) {
		throw new Error(`The sample reads words in '${language}', which there are none in.`);
	}
	return found;
}

/** Held, in the way the ledger allowed. */
async function closeSession(
	{ db }: Own,
	{ key, words, startsAt, recordingPlan }: HeldLoading,
	{ entries, seatIds }: { entries: NewConsentEntry[]; seatIds: Map<string, string> },
): Promise<void> {
	const endedAt = new Date(startsAt.getTime() + words.minutes * MINUTE);
	await db
		.updateTable('dialog_session')
		.set({
			status: 'held',
			recording_mode: recordingMode({
				plan: recordingPlan,
				seatIds: [...seatIds.values()],
				entries: entries.map((entry) => ({ ...entry, saidAt: entry.saidAt.getTime() })),
				needsGuardian: NEEDS_GUARDIAN,
			}),
			started_at: startsAt,
			ended_at: endedAt,
			participants: words.participants,
			agreements: words.agreements,
			deviations: words.deviations,
			version: 3,
			updated_at: endedAt,
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.execute();
}

/** Which prompt was asked when, and who spoke when. */
async function loadEvents(
	{ db, random }: Own,
	{ key, words }: HeldLoading,
	seatIds: Map<string, string>,
): Promise<void> {
	const said = [...words.turns, ...words.notes.map((note) => ({ ...note, until: note.at }))];
	const byPrompt = Map.groupBy(said, ({ prompt }) => prompt ?? null);
	const prompts = [...byPrompt].flatMap(([promptKey, own]) => {
		const times = own.flatMap(({ at, until }) => [millisecondsOf(at), millisecondsOf(until)]);
		return promptKey === null
			? []
			: [{ promptKey, startMs: Math.min(...times), endMs: Math.max(...times) }];
	});
	await insertDialogEvents(db, key, [
		...prompts.map((prompt) => ({
			id: random.uuid7(),
			kind: 'prompt' as const,
			...prompt,
			seatId: null,
		})),
		...words.turns.map((turn) => ({
			id: random.uuid7(),
			kind: turn.seat === null ? ('facilitator' as const) : ('speaking' as const),
			startMs: millisecondsOf(turn.at),
			endMs: millisecondsOf(turn.until),
			promptKey: turn.prompt ?? null,
			seatId: turn.seat === null ? null : idOf(seatIds, turn.seat),
		})),
	]);
}

async function loadNotes(
	{ db, random }: Own,
	{ key, words }: HeldLoading,
	seatIds: Map<string, string>,
): Promise<string[]> {
	const notes = words.notes.map((note) => ({
		id: random.uuid7(),
		promptKey: note.prompt,
		seatId: note.seat === null ? null : idOf(seatIds, note.seat),
		tableNo: note.table ?? null,
		atMs: millisecondsOf(note.at),
		text: note.words,
		isExact: note.isExact,
		language: note.language ?? words.language,
	}));
	await insertDialogNotes(db, key, notes);
	return notes.map(({ id }) => id);
}
