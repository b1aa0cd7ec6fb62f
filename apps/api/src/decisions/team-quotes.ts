import type { QuoteCard } from '@throughline/analysis/charts';
import {
	type DialogQuoteRow,
	listDialogQuotes,
	listQuotes,
	type QuoteRow,
	readSessionSizes,
} from '@throughline/db/queries/cited-quote';
import type { Schema } from '@throughline/db/schema';
import { localText } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import type { ReleasedQuote } from '../releases/body.ts';
import { dialogQuoteCard } from '../releases/dialog-cards.ts';
import { countLabels, type LabelCounts, quoteCard } from '../releases/quote-cards.ts';
import { openQuestions } from '../results/charts/chart-id.ts';
import type { CountedWindow, ResultsReader } from '../results/read-window.ts';
import { dialogQuoteStatus, type QuoteStatus, quoteStatus } from './quote-status.ts';

/** A quote as the team sees it. */
export interface TeamQuote {
	id: string;
	status: QuoteStatus;
	/** Null for spoken words: they belong to no survey. */
	windowId: string | null;
	/** The question it answers, in the survey's own language, or the prompt it was said to. */
	question: string;
	themeKeys: string[];
	/** Never leave the API: keep two quotes of one person apart. */
	personIds: string[];
	/** Null where the reader may not see its words, or too few people share its label. */
	card: QuoteCard | null;
}

export interface TeamQuotes {
	/** @param reader.seesUncleared whether this person reads words that nobody has cleared yet. */
	read(engagementId: string, reader: { seesUncleared: boolean }): Promise<TeamQuote[]>;
}

/** Reads quotes of opened windows. Labels are counted once per window: its answers never change. */
export function createTeamQuotes(db: Kysely<Schema>, results: ResultsReader): TeamQuotes {
	const labels = new WeakMap<CountedWindow, Promise<LabelCounts>>();
	const labelsOf = (window: CountedWindow): Promise<LabelCounts> => {
		const known = labels.get(window);
		const questionIds = openQuestions(window.survey).map(({ id }) => id);
		const counted = known ?? countLabels(db, window, questionIds);
		labels.set(window, counted);
		counted.catch(() => labels.delete(window));
		return counted;
	};
	return {
		async read(engagementId, reader) {
			const rows = await listQuotes(db, engagementId);
			const quotes: TeamQuote[] = [];
			for (const [windowId, own] of Map.groupBy(rows, (row) => row.windowId)) {
				const window = await results.read({ engagementId, windowId });
				const counts = await labelsOf(window);
				quotes.push(...own.map((row) => teamQuote(window, row, { counts, ...reader })));
			}
			return [...quotes, ...(await readSpoken(db, engagementId, reader))];
		},
	};
}

function teamQuote(
	window: CountedWindow,
	row: QuoteRow,
	options: { counts: LabelCounts; seesUncleared: boolean },
): TeamQuote {
	const status = quoteStatus(row);
	const { questionId } = row;
	const question = window.survey.question(questionId);
	const fallback = window.survey.definition.defaultLanguage;
	return {
		id: row.id,
		status,
		windowId: row.windowId,
		question: question ? localText(question.definition.text, 'en', fallback).text : questionId,
		themeKeys: row.themeKeys,
		personIds: [row.responseId],
		card: isReadable(status, options) ? cardOf(quoteCard(window, row, options.counts)) : null,
	};
}

async function readSpoken(
	db: Kysely<Schema>,
	engagementId: string,
	reader: { seesUncleared: boolean },
): Promise<TeamQuote[]> {
	const rows = await listDialogQuotes(db, engagementId);
	if (rows.length === 0) {
		return [];
	}
	const { quoteK, sizes } = await readSessionSizes(db, engagementId);
	return rows.map((row) => spokenQuote(row, { ...reader, quoteK, sizes }));
}

function spokenQuote(
	row: DialogQuoteRow,
	options: { seesUncleared: boolean } & Awaited<ReturnType<typeof readSessionSizes>>,
): TeamQuote {
	const status = dialogQuoteStatus(row);
	const { sizes, quoteK } = options;
	return {
		id: row.id,
		status,
		windowId: null,
		question: row.prompt ?? '',
		themeKeys: row.themeKeys,
		personIds: row.seatIds,
		card: isReadable(status, options) ? cardOf(dialogQuoteCard(row, sizes, { k: quoteK })) : null,
	};
}

/** Words that nobody has cleared yet are for those who clear. */
function isReadable(status: QuoteStatus, reader: { seesUncleared: boolean }): boolean {
	const isOpen = status === 'not_cleared' || status === 'once_cleared';
	return status === 'cleared' || (isOpen && reader.seesUncleared);
}

function cardOf(quote: ReleasedQuote | null): QuoteCard | null {
	return (
		quote && {
			id: quote.id,
			text: quote.text,
			language: quote.language,
			direction: quote.direction,
			attribution: quote.attribution.en,
			// Their labels are the codebook's: whoever shows the card knows it.
			themes: quote.themeKeys.map((key) => ({ id: key, label: key })),
			isEditedForPrivacy: quote.isEditedForPrivacy,
			hash: quote.hash,
		}
	);
}
