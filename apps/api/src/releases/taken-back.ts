import type { TakenBack } from '@throughline/db/queries/taken-back';
import type { ChartLanguage } from '../results/charts/words.ts';
import type { ReleaseBody, ReleasedQuote } from './body.ts';
import { withoutWords } from './typed-evidence.ts';

/** What stands in place of words that were taken back, inside a sentence that quoted them. */
const GONE = '[taken back]';

/**
 * A release as it may be read after some of its quotes were taken back by whoever said them, or
 * withdrawn by the team. The stored body never changes; this is what anyone is shown of it. Words a
 * finding repeats go too.
 * @param takenBack since when and by whom, by quote id.
 */
export function leaveOutTakenBack(
	body: ReleaseBody,
	takenBack: ReadonlyMap<string, TakenBack>,
): ReleaseBody {
	const gone = body.quotes.filter(({ id }) => takenBack.has(id));
	if (gone.length === 0) {
		return body;
	}
	const words = gone.map(({ text }) => text);
	const clean = (sentence: string) => withoutWords(sentence, words, GONE);
	return {
		...body,
		quotes: body.quotes.map((quote) => withoutText(quote, takenBack.get(quote.id))),
		findings: body.findings.map((finding) => ({
			...finding,
			sentence: clean(finding.sentence),
			minorityView: clean(finding.minorityView),
		})),
		recommendations: body.recommendations.map((recommendation) => ({
			...recommendation,
			text: clean(recommendation.text),
			reason: recommendation.reason === null ? null : clean(recommendation.reason),
			dissent: recommendation.dissent === null ? null : clean(recommendation.dissent),
		})),
	};
}

/** 'Taken back by the person who said it, November 2026', or 'Withdrawn after it was published, …' */
export function takenBackWords(
	{ month, by }: { month: string; by: TakenBack['by'] },
	language: ChartLanguage,
): string {
	const name = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	}).format(new Date(`${month}-01T00:00:00Z`));
	const words: Record<TakenBack['by'], Record<ChartLanguage, string>> = {
		speaker: {
			en: `Taken back by the person who said it, ${name}`,
			es: `Retirado por la persona que lo dijo, ${name}`,
			ar: `سحبه الشخص الذي قاله، ${name}`,
		},
		team: {
			en: `Withdrawn by the team after it was published, ${name}`,
			es: `Retirado por el equipo después de publicarse, ${name}`,
			ar: `سحبه الفريق بعد نشره، ${name}`,
		},
	};
	return words[by][language];
}

/** Its hash goes too: it would prove a guess at the words. */
function withoutText(quote: ReleasedQuote, since: TakenBack | undefined): ReleasedQuote {
	return since === undefined
		? quote
		: {
				...quote,
				text: '',
				hash: '',
				takenBackIn: since.at.toISOString().slice(0, 7),
				takenBackBy: since.by,
			};
}
