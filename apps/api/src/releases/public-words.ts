import { createHash } from 'node:crypto';
import type { JudgedField } from '@throughline/analysis/typed-numbers';
import type { ReleaseBody, ReleasedRecommendation, ReleaseDoubt, ReleaseProblem } from './body.ts';
import { type Evidence, typedDoubts, typedProblems } from './typed-evidence.ts';

/** A text that a person typed and the public reads. */
interface PublicWords {
	where: string;
	field: JudgedField;
	text: string;
	evidence: Evidence;
	target: ReleaseDoubt['target'];
}

/** What recommendations say in words, what each is for, and what it is called. */
export const recommendationWords = {
	text: { field: 'proposal', name: 'its text' },
	owner: { field: 'goal', name: 'its owner' },
	measure: { field: 'goal', name: 'its measure' },
	target: { field: 'goal', name: 'its target' },
	clauseHint: { field: 'goal', name: 'its section of the agreement' },
	dissent: { field: 'remark', name: 'its dissent' },
	reason: { field: 'remark', name: 'its reason' },
} as const satisfies Partial<
	Record<keyof ReleasedRecommendation, { field: JudgedField; name: string }>
>;

/** The evidence rule for everything typed into a release: findings, recommendations, its title. */
export function wordProblems(body: ReleaseBody, title: string): ReleaseProblem[] {
	return publicWords(body, title).flatMap(({ where, field, text, evidence, target }) =>
		typedProblems(text, evidence, field).map((message): ReleaseProblem => ({
			code: 'sentence',
			where,
			message,
			target,
		})),
	);
}

/** The numbers typed into a release that each approver must accept by name. */
export function wordDoubts(body: ReleaseBody, title: string): ReleaseDoubt[] {
	return publicWords(body, title).flatMap(({ where, field, text, evidence, target }) =>
		typedDoubts(text, evidence, field).map(({ words, message }, place) => ({
			id: doubtId([target.type, target.id, where, text, String(place)]),
			where,
			words,
			message,
			target,
		})),
	);
}

/** The same for the same words in the same place, and another as soon as they change. */
function doubtId(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function publicWords(body: ReleaseBody, title: string): PublicWords[] {
	const ofFindings = body.findings.flatMap((finding): PublicWords[] => {
		const own = {
			field: 'finding' as const,
			evidence: evidenceOf(body, [finding.id]),
			target: { type: 'finding' as const, id: finding.id },
		};
		const where = `The finding “${finding.sentence}”`;
		return [
			{ ...own, where, text: finding.sentence },
			{ ...own, where: `${where}, who saw it differently`, text: finding.minorityView },
		];
	});
	const ofRecommendations = body.recommendations.flatMap((recommendation) => {
		const evidence = evidenceOf(body, recommendation.findingIds);
		const target = { type: 'recommendation' as const, id: recommendation.id };
		return wordsOf(recommendation).map(({ field, name, text }): PublicWords => ({
			...{ field, text, evidence, target },
			where: `The recommendation ${recommendation.key}, ${name}`,
		}));
	});
	const whole: PublicWords = {
		where: 'The title of the release',
		field: 'remark',
		text: title,
		evidence: { charts: Object.values(body.charts.en), quotes: [] },
		target: { type: 'release', id: body.window.id },
	};
	const reason: PublicWords = {
		...whole,
		where: 'Why a group did not see it first',
		text: body.method.groups?.reason ?? '',
	};
	return [whole, ...(reason.text === '' ? [] : [reason]), ...ofFindings, ...ofRecommendations];
}

/** The words of a recommendation that are there, each with what it is for. */
export function wordsOf(
	recommendation: Partial<Record<keyof typeof recommendationWords, string | null>>,
) {
	const keys = Object.keys(recommendationWords) as (keyof typeof recommendationWords)[]; // its own
	return keys.flatMap((key) => {
		const text = recommendation[key] ?? '';
		return text === '' ? [] : [{ key, ...recommendationWords[key], text }];
	});
}

/** The charts and quotes that some findings rest on. */
function evidenceOf(body: ReleaseBody, findingIds: readonly string[]): Evidence {
	const findings = body.findings.filter(({ id }) => findingIds.includes(id));
	const quoteIds = new Set(findings.flatMap((finding) => finding.quoteIds));
	return {
		charts: findings.flatMap((finding) =>
			finding.chartIds.flatMap((id) => body.charts.en[id] ?? []),
		),
		quotes: body.quotes.filter((quote) => quoteIds.has(quote.id)).map((quote) => quote.text),
	};
}
