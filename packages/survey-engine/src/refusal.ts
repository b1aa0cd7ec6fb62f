import {
	refusalCode,
	type ClosedQuestion,
	type LocalText,
	type Option,
	type SurveyDefinition,
} from './definition.ts';

/** 'Prefer not to say' in the languages the engine brings. */
const builtInLabel: LocalText = {
	en: 'Prefer not to say',
	es: 'Prefiero no responder',
	ar: 'أفضّل عدم الإجابة',
};

/** The words of the refusal option: the definition's own before those of the engine. */
export function refusalLabel(definition: SurveyDefinition): LocalText {
	return { ...builtInLabel, ...definition.refusalLabel };
}

/** Whether the engine adds a refusal: not when the author says why, or brought one along. */
export function needsRefusal(question: ClosedQuestion, options: readonly Option[]): boolean {
	return question.allowsRefusal !== false && !options.some(({ code }) => code === refusalCode);
}

/** The options with 'Prefer not to say' last; it rules out every other option. */
export function withRefusal(
	definition: SurveyDefinition,
	question: ClosedQuestion,
	{ options }: { options: readonly Option[] },
): Option[] {
	const refusal: Option = {
		code: refusalCode,
		label: refusalLabel(definition),
		value: null,
		isExclusive: true,
		isFixedLast: true,
	};
	if (needsRefusal(question, options)) {
		return [...options, refusal];
	}
	const own = options.find(({ code }) => code === refusalCode);
	const others = options.filter(({ code }) => code !== refusalCode);
	return own === undefined ? [...others] : [...others, { ...refusal, label: own.label }];
}
