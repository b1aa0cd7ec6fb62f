import { nextQuestion, type Survey, type SurveyQuestion } from '@throughline/survey-engine';
import { answerClosed } from './closed-answers.ts';
import { answerOpen, type Written } from './open-answers.ts';
import { sitePatterns } from './patterns.ts';
import type { AllConnectors, PhraseBook, SampleLanguage } from './phrase.ts';
import { type Random, seededRandom } from './random.ts';
import { drawRespondent, gradeRate, type Respondent } from './respondent.ts';
import type { SampleSite } from './schema.ts';
import type { WordedPhrase } from './wording.ts';

export interface SampleResponse {
	readonly siteKey: string;
	readonly grade: string;
	readonly language: SampleLanguage;
	/** In the engine's format; a skipped question has no key. */
	readonly values: Readonly<Record<string, string | string[]>>;
	/** The phrases of each open answer, as they stand in it, by question id. */
	readonly parts: Readonly<Record<string, readonly WordedPhrase[]>>;
}

export interface SampleSource {
	readonly seed: number;
	/** How many responses in all, at most the students enrolled. */
	readonly count: number;
	readonly survey: Survey;
	readonly sites: readonly SampleSite[];
	readonly phrases: PhraseBook;
	readonly connectors: AllConnectors;
}

/**
 * Makes synthetic responses, each a walk through the survey by an invented student. Pure: the same
 * source gives the same responses, byte for byte. They come by site and grade; shuffle to store.
 */
export function generateResponses(source: SampleSource): SampleResponse[] {
	const random = seededRandom(source.seed);
	const written: Written = { texts: new Set(), uses: new Map() };
	return shareOut(source.sites, source.count).flatMap(({ site, grade, n }) =>
		Array.from({ length: n }, () =>
			answerSurvey(random, drawRespondent(random, site, grade), { source, written }),
		),
	);
}

interface CohortShare {
	readonly site: SampleSite;
	readonly grade: string;
	readonly n: number;
}

/** Shares the responses out over sites and grades by their rates (largest remainders). */
function shareOut(sites: readonly SampleSite[], count: number): CohortShare[] {
	const cohorts = sites.flatMap((site) =>
		site.grades.map((grade) => {
			const enrolled = site.enrollment.byGrade[grade] ?? 0;
			const rate = (sitePatterns[site.key]?.rate ?? 0.3) * gradeRate(grade);
			return { site, grade, enrolled, weight: enrolled * rate };
		}),
	);
	const total = cohorts.reduce((sum, { weight }) => sum + weight, 0);
	const shares = cohorts.map((cohort) => {
		const exact = total === 0 ? 0 : (count * cohort.weight) / total;
		return { ...cohort, n: Math.floor(exact), rest: exact % 1 };
	});
	const byRest = shares.toSorted((a, b) => b.rest - a.rest);
	for (const share of byRest.slice(0, count - shares.reduce((sum, { n }) => sum + n, 0))) {
		share.n += 1;
	}
	const crowded = shares.find(({ n, enrolled }) => n > enrolled);
	if (crowded !== undefined) {
		throw new Error(
			`${count} responses are more than the students of ${crowded.site.name}, grade ${crowded.grade}, can give: ask for fewer.`,
		);
	}
	return shares.map(({ site, grade, n }) => ({ site, grade, n }));
}

interface Walk {
	readonly source: SampleSource;
	readonly written: Written;
}

interface OnTheWay {
	readonly values: Record<string, string | string[]>;
	readonly parts: Record<string, readonly WordedPhrase[]>;
}

function answerSurvey(random: Random, person: Respondent, walk: Walk): SampleResponse {
	const { survey } = walk.source;
	const context = { grade: person.grade };
	const answers: OnTheWay = { values: {}, parts: {} };
	let from: string | null = null;
	for (;;) {
		from = nextQuestion(survey, answers.values, { from, context });
		const question = from === null ? undefined : survey.question(from);
		if (question === undefined || question.id === person.stopsBefore) {
			break;
		}
		answerQuestion(random, person, { ...walk, question, answers });
	}
	const { site, grade, language } = person;
	return { siteKey: site.key, grade, language, ...answers };
}

/** Puts the answer, if there is one, among the answers. */
function answerQuestion(
	random: Random,
	person: Respondent,
	{ source, written, question, answers }: Walk & { question: SurveyQuestion; answers: OnTheWay },
): void {
	const { id } = question;
	if (question.kind === 'closed') {
		const answer = answerClosed(random, person, { question, soFar: answers.values });
		if (answer !== undefined) {
			answers.values[id] = answer;
		}
		return;
	}
	if (!random.chance(person.writing)) {
		return;
	}
	const answer = answerOpen(random, person, {
		phrases: source.phrases[id] ?? [],
		connectors: source.connectors,
		written,
		maxLength: question.maxLength,
	});
	if (answer !== undefined) {
		answers.values[id] = answer.text;
		answers.parts[id] = answer.parts;
	}
}
