import type { Row, RowAttribute, RowQuestion, RowsInput } from '@throughline/analysis/disclosure';
import { listResponsePage } from '@throughline/db/queries/excerpt';
import type { Schema, StoredAnswers } from '@throughline/db/schema';
import { refusalCode, type Survey, type SurveyClosedQuestion } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { bandOfGrade, fieldOf, type Groups } from '../results/attributes.ts';
import { type CountedWindow, responseGroups } from '../results/read-window.ts';

const PAGE = 1000;
/** The part of all rows that may lose an attribute so that the others keep theirs. */
const MOST_BLANKED = 0.05;

/** Attributes that several options are sorted into, by the field their question fills. */
const grouped = new Map(
	Object.entries(fieldOf).map(([attribute, field]) => [field, attribute as keyof Groups]), // its keys are of that type
);

/**
 * The responses of an opened window as rows: what could tell whose a row is (site, grade, and every
 * closed question that fills an attribute), and the other closed questions. No open answer, no id,
 * no language, no order. For `protectRows` and nothing else: it is not protected yet.
 */
export async function readRowTable(
	db: Kysely<Schema>,
	window: CountedWindow,
	k: number,
): Promise<RowsInput> {
	const { survey } = window;
	const closed = survey.questions.filter((question) => question.kind === 'closed');
	const about = closed.filter(({ definition }) => definition.field !== undefined);
	const others = closed.filter(({ definition }) => definition.field === undefined);
	const rows: Row[] = [];
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listResponsePage>> = await listResponsePage(db, {
			engagementId: window.engagementId,
			windowId: window.windowId,
			after,
			limit: PAGE,
		});
		for (const response of page) {
			const groups = responseGroups(window, response);
			rows.push({
				attributes: [
					groups.site,
					window.originOf(response.cohortId).grade,
					...about.map((question) => groupOf(question, response.answers, groups)),
				],
				answers: others.map((question) => answerOf(question, response.answers)),
			});
		}
		const last = page.at(-1);
		if (!last || page.length < PAGE) {
			break;
		}
		after = last.id;
	}
	return {
		attributes: [
			...placeAttributes(window, rows),
			...about.map(({ id }): RowAttribute => ({ id, coarser: [] })),
		],
		questions: others.map(({ id }): RowQuestion => ({ id, tells: toldBy(survey, id) })),
		rows,
		k,
		mostBlanked: MOST_BLANKED,
	};
}

/** Sites in coarser words are levels, grades are bands. */
function placeAttributes(window: CountedWindow, rows: readonly Row[]): RowAttribute[] {
	const grades = new Set(rows.flatMap(({ attributes }) => attributes[1] ?? []));
	const bands = [...grades].flatMap((grade): [string, string][] => {
		const band = bandOfGrade(Number(grade));
		return band === null ? [] : [[grade, band]];
	});
	return [
		{
			id: 'site',
			coarser: [Object.fromEntries(window.sites.map(({ key, level }) => [key, level]))],
		},
		{ id: 'grade', coarser: [Object.fromEntries(bands)] },
	];
}

/** Those who said nothing, and those who preferred not to say, look alike. */
function groupOf(
	question: SurveyClosedQuestion,
	answers: StoredAnswers,
	groups: Groups,
): string | null {
	const attribute = grouped.get(question.definition.field ?? '');
	if (attribute !== undefined) {
		return groups[attribute];
	}
	const answer = answerOf(question, answers);
	return answer === refusalCode ? null : answer;
}

/** Codes in the order of the options, several joined by ';'. */
function answerOf(question: SurveyClosedQuestion, answers: StoredAnswers): string | null {
	const value = answers.values[question.id];
	const chosen = typeof value === 'string' ? [value] : (value ?? []);
	const codes = question.options.map(({ code }) => code).filter((code) => chosen.includes(code));
	return codes.length === 0 ? null : codes.join(';');
}

/** The attributes that decide whether a question is asked, directly or through other questions. */
function toldBy(survey: Survey, id: string): string[] {
	const told = new Set<string>();
	const seen = new Set<string>();
	const look = (each: string): void => {
		const question = survey.question(each);
		if (question === undefined || seen.has(each)) {
			return;
		}
		seen.add(each);
		if (each !== id && question.kind === 'closed' && question.definition.field !== undefined) {
			told.add(each);
		}
		const isDropped = survey.definition.profiles?.some(({ dropQuestions }) =>
			dropQuestions.includes(each),
		);
		if (isDropped === true || question.definition.minGrade !== undefined) {
			told.add('grade');
		}
		question.looksAt.forEach(look);
	};
	look(id);
	return [...told];
}
