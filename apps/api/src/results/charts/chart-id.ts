import type { Survey } from '@throughline/survey-engine';
import { type AttributeId, attributeIds, questionOf } from '../attributes.ts';

/** What a chart shows. Its id is its address: `S01`, `S01-by-race`, `themes-all`, `took-part`. */
export type ChartKind =
	| { type: 'participation' }
	/** Every scale question of a section in one chart. */
	| { type: 'statements'; sectionId: string }
	| { type: 'question'; questionId: string; by: AttributeId | null }
	/** `questionId` is an open question or `all`. */
	| { type: 'themes'; questionId: string; by: AttributeId | null };

const PARTICIPATION = 'took-part';
const STATEMENTS = 'statements-';
const THEMES = 'themes-';
const BY = '-by-';

/** The id of a chart. */
export function chartId(kind: ChartKind): string {
	switch (kind.type) {
		case 'participation':
			return PARTICIPATION;
		case 'statements':
			return `${STATEMENTS}${kind.sectionId}`;
		case 'question':
			return withBreakdown(kind.questionId, kind.by);
		case 'themes':
			return withBreakdown(`${THEMES}${kind.questionId}`, kind.by);
	}
}

/** What an id addresses in this survey; null when it addresses nothing. */
export function parseChartId(survey: Survey, id: string): ChartKind | null {
	if (id === PARTICIPATION) {
		return { type: 'participation' };
	}
	if (id.startsWith(STATEMENTS)) {
		const sectionId = id.slice(STATEMENTS.length);
		return scaleQuestions(survey, sectionId).length > 0 ? { type: 'statements', sectionId } : null;
	}
	const [base = '', attribute, ...rest] = id.split(BY);
	const by = attributeIds.find((candidate) => candidate === attribute) ?? null;
	if (rest.length > 0 || (attribute !== undefined && by === null)) {
		return null;
	}
	if (base.startsWith(THEMES)) {
		const questionId = base.slice(THEMES.length);
		const isOpen = openQuestions(survey).some((question) => question.id === questionId);
		return questionId === 'all' || isOpen ? { type: 'themes', questionId, by } : null;
	}
	const isOwnAttribute = by !== null && questionOf(survey, by)?.id === base;
	return survey.question(base)?.kind === 'closed' && !isOwnAttribute
		? { type: 'question', questionId: base, by }
		: null;
}

/** The ids of the tables a chart is made of, by its own id; `took-part` has one per attribute. */
export function isTableOf(survey: Survey, kind: ChartKind, tableId: string): boolean {
	switch (kind.type) {
		case 'participation':
			return tableId.startsWith(`${PARTICIPATION}-by-`);
		case 'statements':
			return scaleQuestions(survey, kind.sectionId).some(({ id }) => id === tableId);
		case 'question':
		case 'themes':
			return tableId === chartId(kind);
	}
}

/** Every chart of a survey over everyone, in the survey's order, after who took part. */
export function listChartIds(survey: Survey): string[] {
	const sections = survey.sections.flatMap((section) => {
		const statements = scaleQuestions(survey, section.id);
		const others = resultQuestions(survey).filter(
			(question) => question.section.id === section.id && question.type !== 'scale',
		);
		return [
			...(statements.length > 0 ? [chartId({ type: 'statements', sectionId: section.id })] : []),
			...others.map((question) => question.id),
		];
	});
	return [PARTICIPATION, ...sections, `${THEMES}all`];
}

/** The closed questions that are results themselves, in order: not those about the student. */
export function resultQuestions(survey: Survey) {
	return survey.questions.filter(
		(question) => question.kind === 'closed' && !isAboutYou(question.definition.field),
	);
}

/** The open questions of a survey: what themes are found in. */
export function openQuestions(survey: Survey) {
	return survey.questions.filter((question) => question.kind === 'text' && question.isOpenText);
}

/** The scale questions of a section, in order. */
export function scaleQuestions(survey: Survey, sectionId: string) {
	return survey.questions.filter(
		(question) => question.section.id === sectionId && question.type === 'scale',
	);
}

/** Questions about the student break results down; they are no result of their own. */
function isAboutYou(field: string | undefined): boolean {
	return field !== undefined && field !== 'sro_contact';
}

function withBreakdown(base: string, by: AttributeId | null): string {
	return by === null ? base : `${base}${BY}${by}`;
}
