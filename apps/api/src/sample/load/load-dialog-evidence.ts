import { codePointLength } from '@throughline/analysis/text';
import { writeDecision } from '@throughline/db/queries/coding';
import { insertFinding } from '@throughline/db/queries/finding';
import { clearQuote } from '../../actions/clear-quote.ts';
import { takeTurns } from '../../actions/mark-spans.ts';
import { proposeQuote } from '../../actions/propose-quote.ts';
import type { Deps } from '../../deps.ts';
import { withdrawSeat } from '../../withdrawal/withdraw-seat.ts';
import type { SampleEngagement } from '../read-sample.ts';
import type { LoadedDialogs } from './load-dialogs.ts';
import { idOf } from './load-places.ts';

type Own = Pick<Deps, 'db' | 'random' | 'clock'>;

interface Loading {
	engagementId: string;
	sample: SampleEngagement;
	dialogs: LoadedDialogs;
	themeIds: Map<string, string>;
	coderIds: { a: string; b: string };
	/** Who wrote the finding, and who cleared the quotes beside the first coder. */
	author: string;
	clearer: string;
}

/** A turn that became an excerpt. */
interface Spoken {
	id: string;
	text: string;
	sessionId: string | null;
}

/**
 * Takes the turns of checked transcripts as excerpts, codes some, clears two quotes that a finding
 * rests on, and lets one seat take back what it said, so that its flags can be seen.
 */
export async function loadDialogEvidence(deps: Own, loading: Loading): Promise<void> {
	const { engagementId, sample, dialogs } = loading;
	const evidence = sample.dialogEvidence;
	for (const session of evidence.sessions) {
		const sessionId = sessionOf(dialogs, session);
		const transcriptId = dialogs.held.get(session)?.transcriptId ?? '';
		const key = { engagementId, sessionId, transcriptId, personId: loading.coderIds.a };
		await takeTurns(deps, key, { promptKey: null });
	}
	const spoken = await deps.db
		.selectFrom('excerpt')
		.select(['id', 'text', 'session_id as sessionId'])
		.where('engagement_id', '=', engagementId)
		.where('source_kind', '=', 'turn')
		.orderBy('queue_position')
		.execute();
	await loadCodings(deps, loading, spoken);
	const quoteIds = await loadQuotes(deps, loading, spoken);
	const key = { engagementId, findingId: deps.random.uuid7() };
	await insertFinding(deps.db, key, {
		sentence: evidence.finding.sentence,
		minorityView: evidence.finding.minorityView,
		tables: [],
		themeIds: evidence.finding.themes.map((theme) => idOf(loading.themeIds, theme)),
		quoteIds,
		createdBy: loading.author,
		now: deps.clock(),
	});
	const { session, seat } = evidence.withdrawn;
	const seatId = dialogs.held.get(session)?.seatIds.get(seat) ?? '';
	await withdrawSeat(
		deps,
		{ engagementId, sessionId: sessionOf(dialogs, session), seatId },
		{ choice: 'everything', language: 'en', witnessId: null },
	);
}

async function loadCodings(deps: Own, loading: Loading, spoken: readonly Spoken[]): Promise<void> {
	const { engagementId, sample, dialogs, themeIds, coderIds } = loading;
	for (const { session, begins, themes, other = themes } of sample.dialogEvidence.codings) {
		const { id } = find(spoken, sessionOf(dialogs, session), (text) => text.startsWith(begins));
		for (const [coderId, keys] of [
			[coderIds.a, themes],
			[coderIds.b, other],
		] as const) {
			const ids = keys.map((key) => idOf(themeIds, key));
			await writeDecision(
				deps.db,
				{ engagementId, coderId, excerptId: id },
				{ state: { themeIds: ids, sawSuggestions: false }, decidedAt: deps.clock() },
			);
		}
	}
}

async function loadQuotes(
	deps: Own,
	{ engagementId, sample, dialogs, coderIds, clearer }: Loading,
	spoken: readonly Spoken[],
): Promise<string[]> {
	const ids: string[] = [];
	for (const { session, words } of sample.dialogEvidence.quotes) {
		const excerpt = find(spoken, sessionOf(dialogs, session), (text) => text.includes(words));
		const startAt = codePointLength(excerpt.text.slice(0, excerpt.text.indexOf(words)));
		const { id } = await proposeQuote(
			deps,
			{ engagementId, personId: coderIds.a },
			{ excerptId: excerpt.id, startAt, endAt: startAt + codePointLength(words) },
		);
		for (const personId of [coderIds.a, clearer]) {
			const key = { engagementId, quoteId: id, personId };
			await clearQuote(deps, key, { isCleared: true, reason: 'Names nobody and no place.' });
		}
		ids.push(id);
	}
	return ids;
}

function find(
	spoken: readonly Spoken[],
	sessionId: string,
	holds: (text: string) => boolean,
): Spoken {
	const found = spoken.find((own) => own.sessionId === sessionId && holds(own.text));
	if (!found) {
		throw new Error('The sample codes or quotes words that nobody said in its sessions.');
	}
	return found;
}

function sessionOf(dialogs: LoadedDialogs, key: string): string {
	const session = dialogs.sessions.get(key);
	if (!session) {
		throw new Error(`The sample has no session '${key}'.`);
	}
	return session.id;
}
