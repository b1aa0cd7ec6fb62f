import type { ChartFrame } from '@throughline/analysis/charts';
import { type LocalText, localText, refusalCode } from '@throughline/survey-engine';
import { type AttributeId, questionOf } from '../attributes.ts';
import type { CountedWindow } from '../read-window.ts';
import { type ChartLanguage, chartWords, groupWords } from './words.ts';

/** What every chart of a window in one language is made with. */
export interface ChartContext {
	window: CountedWindow;
	language: ChartLanguage;
	/** Where the CSV of a chart is served, by its id; null where none is. */
	csvUrl: (chartId: string) => string | null;
}

/** Says a text of the survey in the chart's language. */
function say(context: ChartContext, text: LocalText): string {
	const fallback = context.window.survey.definition.defaultLanguage;
	return localText(text, context.language, fallback).text;
}

/** The question's own words. */
export function questionText(context: ChartContext, questionId: string): string {
	const question = context.window.survey.question(questionId);
	return question ? say(context, question.definition.text) : questionId;
}

/** The label of an option as the student read it. */
export function optionLabel(context: ChartContext, questionId: string, code: string): string {
	const question = context.window.survey.question(questionId);
	const options = question?.kind === 'closed' ? question.options : [];
	const option = options.find((candidate) => candidate.code === code && code !== refusalCode);
	return option ? say(context, option.label) : code;
}

/** The label of a group of an attribute. */
export function groupLabel(context: ChartContext, attribute: AttributeId, group: string): string {
	const words = chartWords(context.language);
	const named = groupWords(words, group);
	if (named !== null) {
		return named;
	}
	if (attribute === 'site') {
		return context.window.sites.find((site) => site.key === group)?.name ?? group;
	}
	const question = questionOf(context.window.survey, attribute);
	return question ? optionLabel(context, question.id, group) : group;
}

/** The population line of a chart. */
export function population(
	context: ChartContext,
	key: 'population.statements' | 'population.answered' | 'population.coded',
): string {
	return chartWords(context.language)(key, { window: context.window.label });
}

/** What all charts carry, with the notes every reader needs. */
export function frame<People extends ChartFrame['people']>(
	context: ChartContext,
	own: Omit<ChartFrame, 'csvUrl' | 'notes' | 'people'> & { people: People; notes?: string[] },
): ChartFrame & { people: People } {
	const words = chartWords(context.language);
	const { notes = [], ...rest } = own;
	return {
		...rest,
		notes: [
			...notes,
			words('note.suppressed', { minN: context.window.minN }),
			words('note.limits'),
		],
		csvUrl: context.csvUrl(own.id),
	};
}
