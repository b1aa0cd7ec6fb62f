import type { Nest } from '@throughline/analysis/disclosure';
import type { SiteLevel, StoredAnswers } from '@throughline/db/schema';
import { refusalCode, type Survey } from '@throughline/survey-engine';

/** What results may be broken down by. One at a time. */
export const attributeIds = [
	'site',
	'level',
	'grade_band',
	'race',
	'gender',
	'disability',
	'contact',
] as const;

export type AttributeId = (typeof attributeIds)[number];

/** Where a response came from: its cohort, after any merging. */
export interface Origin {
	siteKey: string | null;
	level: SiteLevel | null;
	grade: string | null;
}

/** One student's group per attribute; null where it is not known or was not said. */
export type Groups = Record<AttributeId, string | null>;

const levels: SiteLevel[] = ['elementary', 'middle', 'high'];

/** The grade bands, from the grades of the code's cohort. */
const gradeBands: [string, (grade: number) => boolean][] = [
	['6-8', (grade) => grade <= 8],
	['9-10', (grade) => grade === 9 || grade === 10],
	['11-12', (grade) => grade >= 11],
];

/** The field that a survey's question fills, for attributes that students answer themselves. */
export const fieldOf: Partial<Record<AttributeId, string>> = {
	race: 'race_ethnicity',
	gender: 'gender',
	disability: 'disability',
	contact: 'sro_contact',
};

/** The group of students who chose more than one race or ethnicity. */
const SEVERAL = 'two_or_more';

/** Sorts one response into groups. Pure. */
export function groupsOf(survey: Survey, answers: StoredAnswers, origin: Origin): Groups {
	const grade = origin.grade === null ? null : Number(origin.grade);
	return {
		site: origin.siteKey,
		level: origin.level,
		grade_band: grade === null ? null : bandOfGrade(grade),
		race: raceOf(valueOf(survey, answers, 'race_ethnicity')),
		gender: single(valueOf(survey, answers, 'gender')),
		disability: single(valueOf(survey, answers, 'disability')),
		contact: single(valueOf(survey, answers, 'sro_contact')),
	};
}

/** The groups of an attribute in the order they are shown, as far as the survey tells. */
export function groupOrder(
	survey: Survey,
	attribute: AttributeId,
	sites: { key: string; level: SiteLevel }[],
): string[] {
	if (attribute === 'site') {
		return sites.map((site) => site.key);
	}
	if (attribute === 'level') {
		return levels.filter((level) => sites.some((site) => site.level === level));
	}
	if (attribute === 'grade_band') {
		return gradeBands.map(([band]) => band);
	}
	const question = questionOf(survey, attribute);
	const codes = (question?.kind === 'closed' ? question.options : [])
		.map((option) => option.code)
		.filter((code) => code !== refusalCode);
	return attribute === 'race' ? [...codes, SEVERAL] : codes;
}

/** The question whose options name the groups of an attribute. */
export function questionOf(survey: Survey, attribute: AttributeId) {
	const field = fieldOf[attribute];
	return field === undefined
		? undefined
		: survey.questions.find((question) => question.definition.field === field);
}

/**
 * Groups that lie whole within a wider one, so that a reader adds them up: schools in a level, and
 * grade bands in one where no band has grades of two levels.
 */
export function nestsOf(
	sites: { key: string; level: SiteLevel }[],
	origins: readonly Origin[],
): Nest[] {
	return [siteNest(sites), ...bandNest(origins)];
}

function siteNest(sites: { key: string; level: SiteLevel }[]): Nest {
	return {
		child: 'site',
		parent: 'level',
		parentOf: Object.fromEntries(sites.map((site) => [site.key, site.level])),
	};
}

function bandNest(origins: readonly Origin[]): Nest[] {
	const levelOf = new Map<string, SiteLevel>();
	for (const { grade, level } of origins) {
		const band = grade === null ? null : bandOfGrade(Number(grade));
		if (band === null || level === null) {
			continue;
		}
		if ((levelOf.get(band) ?? level) !== level) {
			return [];
		}
		levelOf.set(band, level);
	}
	return [{ child: 'grade_band', parent: 'level', parentOf: Object.fromEntries(levelOf) }];
}

/** The grade band a grade is in, or null. */
export function bandOfGrade(grade: number): string | null {
	return gradeBands.find(([, holds]) => holds(grade))?.[0] ?? null;
}

function valueOf(survey: Survey, answers: StoredAnswers, field: string) {
	const question = survey.questions.find((candidate) => candidate.definition.field === field);
	return question && answers.values[question.id];
}

function raceOf(value: string | string[] | undefined): string | null {
	const codes = (typeof value === 'string' ? [value] : (value ?? [])).filter(
		(code) => code !== refusalCode,
	);
	if (codes.length > 1) {
		return SEVERAL;
	}
	return codes[0] ?? null;
}

function single(value: string | string[] | undefined): string | null {
	return typeof value === 'string' && value !== refusalCode ? value : null;
}
