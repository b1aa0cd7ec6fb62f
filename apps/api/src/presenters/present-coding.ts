import type { Suggestion } from '@throughline/analysis/coding';
import { dialogSource } from '@throughline/analysis/disclosure';
import type { ExcerptRow } from '@throughline/db/queries/coding-queue';
import { direction, localText } from '@throughline/survey-engine';
import type {
	ExcerptBrief,
	ExcerptView,
	SuggestionsView,
	SuggestionView,
} from '../routes/coding/schema.ts';

/** The page is in English; a question without English words is shown in its first language. */
const PAGE_LANGUAGE = 'en';
/** So many suggestions are shown even where nothing speaks strongly for them. */
const WEAK_SHOWN = 3;

export function presentExcerpt(row: ExcerptRow): ExcerptView {
	const { question, dialog } = row;
	const fallback = Object.keys(question ?? {})[0] ?? PAGE_LANGUAGE;
	const words = question && localText(question, PAGE_LANGUAGE, fallback);
	return {
		...presentBrief(row),
		question: words && { text: words.text, language: words.language },
		dialog: dialog && { prompt: dialog.prompt, note: dialog.note, ...dialogSource(dialog, dialog) },
	};
}

export function presentBrief(row: Pick<ExcerptRow, 'id' | 'text' | 'language'>): ExcerptBrief {
	const { id, text, language } = row;
	return { id, text, language, direction: direction(language) };
}

/** Three to five suggestions, weak ones only to make up the three. */
export function presentSuggestions(found: Suggestion[] | null): SuggestionsView {
	if (found === null) {
		return { state: 'preparing', suggestions: [] };
	}
	const suggestions = found
		.filter(({ confidence }, index) => confidence !== 'weak' || index < WEAK_SHOWN)
		.map(({ themeId, confidence, evidence }): SuggestionView => ({
			themeId,
			confidence,
			evidence: evidence.map(({ start, end }) => ({ start, end })),
		}));
	return { state: 'ready', suggestions };
}
