import { createHash } from 'node:crypto';
import { generalizeQuoteLabel } from '@throughline/analysis/disclosure';
import { codePointSlice, REDACTION_KINDS } from '@throughline/analysis/text';
import type { QuoteRow, QuoteSpan } from '@throughline/db/queries/cited-quote';
import { listResponsePage } from '@throughline/db/queries/excerpt';
import type { Schema } from '@throughline/db/schema';
import { direction } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { groupLabel } from '../results/charts/chart-context.ts';
import type { ChartLanguage } from '../results/charts/words.ts';
import { type CountedWindow, responseGroups } from '../results/read-window.ts';
import type { ByLanguage, ReleasedQuote } from './body.ts';

type Attributes = Record<string, string>;

/** How many people of each label answered each open question, by question and label. */
export type LabelCounts = Map<string, Map<string, number>>;

const SEVERAL = 'two_or_more';
const LABEL_ATTRIBUTES = ['race', 'grade_band', 'school'] as const;

/** How a student is called in an attribution. */
const student: ByLanguage<string> = { en: 'Student', es: 'Estudiante', ar: 'طالب/طالبة' };

/** In a chart its column says of what; in an attribution the words have to. */
const severalRaces: ByLanguage<string> = {
	en: 'two or more races',
	es: 'dos o más razas',
	ar: 'عرقان أو أكثر',
};

const REDACTED = new RegExp(`\\[(${REDACTION_KINDS.join('|')})\\]`);

/** Why a quote may not be shown, or null. The same words every time, so they can be listed. */
export function quoteProblem(quote: QuoteSpan): string | null {
	const span = codePointSlice(quote.excerptText, quote.startAt, quote.endAt);
	if (sha256(quote.excerptText) !== quote.excerptHash || sha256(span) !== quote.textHash) {
		return 'Its words no longer match the stored answer. Propose it again from the answer.';
	}
	if (quote.isWithdrawn) {
		return 'It was withdrawn. Take it out of the finding.';
	}
	if (quote.blockedBy.length > 0) {
		return 'Someone blocked it. Take it out of the finding.';
	}
	return quote.clearedBy.length < 2 ? 'Two different people must clear it first.' : null;
}

/** Counts, for the questions quoted from, how many people share each label. */
export async function countLabels(
	db: Kysely<Schema>,
	window: CountedWindow,
	questionIds: readonly string[],
): Promise<LabelCounts> {
	const counts: LabelCounts = new Map(questionIds.map((id) => [id, new Map()]));
	const limit = 1000;
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listResponsePage>> = await listResponsePage(db, {
			engagementId: window.engagementId,
			windowId: window.windowId,
			after,
			limit,
		});
		for (const response of page) {
			const labels = labelsOf(attributesOf(window, response));
			for (const [questionId, own] of counts) {
				if (response.answers.values[questionId] !== undefined) {
					labels.forEach((label) => own.set(label, (own.get(label) ?? 0) + 1));
				}
			}
		}
		const last = page.at(-1);
		if (!last || page.length < limit) {
			return counts;
		}
		after = last.id;
	}
}

/**
 * A quote as it is shown: the span's words, and the attributes that at least `quoteK` people who
 * answered the same question share (race goes first, then grade, then school). Null when fewer
 * than that answered the question at all.
 */
export function quoteCard(
	window: CountedWindow,
	quote: QuoteRow,
	counts: LabelCounts,
): ReleasedQuote | null {
	const own = counts.get(quote.questionId) ?? new Map<string, number>();
	const cells = [...own].map(([label, k]) => ({ attrs: parseLabel(label), k }));
	const label = generalizeQuoteLabel(attributesOf(window, quote), cells, { k: window.quoteK });
	if (label === null) {
		return null;
	}
	return { ...shownSpan(quote), attribution: attributionOf(window, label.attrs) };
}

/** What every card says of a quote, wherever it is from. */
export function shownSpan(quote: QuoteSpan): Omit<ReleasedQuote, 'attribution'> {
	const text = codePointSlice(quote.excerptText, quote.startAt, quote.endAt);
	return {
		id: quote.id,
		excerptId: quote.excerptId,
		start: quote.startAt,
		end: quote.endAt,
		hash: quote.textHash,
		text,
		language: quote.language,
		direction: direction(quote.language),
		themeKeys: quote.themeKeys,
		isEditedForPrivacy: REDACTED.test(text),
	};
}

function attributionOf(window: CountedWindow, attrs: Readonly<Attributes>): ByLanguage<string> {
	const words = (language: ChartLanguage) => {
		const context = { window, language, csvUrl: () => null };
		const named = (attribute: 'site' | 'race' | 'grade_band', value: string | undefined) => {
			if (value === undefined) {
				return [];
			}
			return [value === SEVERAL ? severalRaces[language] : groupLabel(context, attribute, value)];
		};
		const parts = [
			student[language],
			...named('grade_band', attrs['grade_band']).map((words) => words.toLowerCase()),
			...named('race', attrs['race']),
			...named('site', attrs['school']),
		];
		return parts.join(language === 'ar' ? '، ' : ', ');
	};
	return { en: words('en'), es: words('es'), ar: words('ar') };
}

function attributesOf(
	window: CountedWindow,
	response: Parameters<typeof responseGroups>[1],
): Attributes {
	const groups = responseGroups(window, response);
	const all = { race: groups.race, grade_band: groups.grade_band, school: groups.site };
	return Object.fromEntries(
		Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
	);
}

/** The labels a person counts for: all attributes, then fewer, in the order they are given up. */
function labelsOf(attrs: Attributes): string[] {
	const labels: string[] = [];
	let left = attrs;
	for (const dropped of [null, ...LABEL_ATTRIBUTES]) {
		left = Object.fromEntries(Object.entries(left).filter(([name]) => name !== dropped));
		labels.push(writeLabel(left));
	}
	return [...new Set(labels)];
}

function writeLabel(attrs: Attributes): string {
	return JSON.stringify(Object.entries(attrs).sort());
}

function parseLabel(label: string): Attributes {
	const entries: [string, string][] = JSON.parse(label);
	return Object.fromEntries(entries);
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
