import { isClosed, refusalCode, type LocalText, type SurveyDefinition } from '../definition.ts';
import type { Problem } from '../problem.ts';
import { needsRefusal, refusalLabel } from '../refusal.ts';
import { hasText } from '../text.ts';

/** Every text a person may read, with its path. */
export interface TextUse {
	readonly path: string;
	readonly text: LocalText;
}

/**
 * Translations: every text must have words in the default language and in each language marked
 * as reviewed; a gap in another language is a warning, because the default is shown instead.
 */
export function checkTexts(definition: SurveyDefinition): Problem[] {
	const { defaultLanguage, languages } = definition;
	const strict = new Set([
		defaultLanguage,
		...languages.filter(({ status }) => status === 'reviewed').map(({ code }) => code),
	]);
	const known = new Set(languages.map(({ code }) => code));
	return definitionTexts(definition).flatMap((use) => [
		...[...strict].filter((code) => !hasText(use.text, code)).map((code) => missing(use, code)),
		...unknownLanguages(use, known),
	]);
}

/** How many of the texts of a definition have words in a language, for a completeness meter. */
export function translationProgress(
	definition: SurveyDefinition,
	language: string,
): { translated: number; total: number } {
	const texts = definitionTexts(definition);
	return {
		translated: texts.filter(({ text }) => hasText(text, language)).length,
		total: texts.length,
	};
}

/** All texts of a definition that a person may read, the engine's own refusal included. */
export function definitionTexts(definition: SurveyDefinition): TextUse[] {
	const optionTexts = (options: readonly { label: LocalText }[], path: string): TextUse[] =>
		options.map(({ label }, index) => ({ path: `${path}[${index}].label`, text: label }));
	const optional = (text: LocalText | undefined, path: string): TextUse[] =>
		text === undefined ? [] : [{ path, text }];

	const sections = definition.sections.flatMap((section, index) => [
		{ path: `sections[${index}].title`, text: section.title },
		...optional(section.intro, `sections[${index}].intro`),
	]);
	const scales = Object.entries(definition.scales ?? {}).flatMap(([name, scale]) =>
		optionTexts(scale.options, `scales.${name}.options`),
	);
	const questions = definition.questions.flatMap((question, index) => [
		{ path: `questions[${index}].text`, text: question.text },
		...optional(question.hint, `questions[${index}].hint`),
		...('options' in question ? optionTexts(question.options, `questions[${index}].options`) : []),
	]);
	return [
		{ path: 'title', text: definition.title },
		...sections,
		...scales,
		...questions,
		...(usesRefusal(definition) ? [{ path: 'refusalLabel', text: refusalLabel(definition) }] : []),
	];
}

function usesRefusal(definition: SurveyDefinition): boolean {
	return definition.questions.some((question) => {
		if (!isClosed(question)) {
			return false;
		}
		const options = question.type === 'scale' ? [] : question.options;
		return needsRefusal(question, options) || options.some(({ code }) => code === refusalCode);
	});
}

function missing({ path }: TextUse, language: string): Problem {
	return {
		path,
		severity: 'error',
		code: 'missing_translation',
		message: `There are no words in '${language}'.`,
		fix: `Translate it, or do not mark '${language}' as reviewed.`,
	};
}

function unknownLanguages({ path, text }: TextUse, known: ReadonlySet<string>): Problem[] {
	if (path === 'refusalLabel') {
		return [];
	}
	return Object.keys(text)
		.filter((code) => !known.has(code))
		.map((code) => ({
			path,
			severity: 'warning',
			code: 'unlisted_language',
			message: `There are words in '${code}', which is not a language of this survey.`,
			fix: `Add '${code}' to languages, or remove the words.`,
		}));
}
