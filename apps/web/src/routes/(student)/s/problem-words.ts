import type { QuestionStep, StepProblem } from '@throughline/api/client';
import type { Language } from '#lib/i18n/languages.ts';
import { formatNumber, text } from '#lib/i18n/text.ts';

interface In {
	language: Language;
}

const REFUSAL = 'prefer_not_to_say';

/** Characters of a code, without dashes. */
const CODE_LENGTH = 11;

/** Why what was typed as a code was not taken, in words for a student. */
export function codeProblemWords(code: string, typed: string, { language }: In): string {
	const t = text('student', language);
	switch (code) {
		case 'code_unreadable':
			return unreadableWords(typed, language);
		case 'code_unknown':
		case 'code_used':
		case 'too_many_wrong_codes':
		case 'survey_not_open':
		case 'server_busy':
		case 'survey_paused':
			return t(`problem.${code}`);
		default:
			return t('problem.other');
	}
}

function unreadableWords(typed: string, language: Language): string {
	const t = text('student', language);
	const length = [...typed.replaceAll(/[\s\p{Dash_Punctuation}\p{Format}]/gu, '')].length;
	if (length === 0) {
		return t('problem.code_missing');
	}
	return length === CODE_LENGTH
		? t('problem.code_mistyped')
		: t('problem.code_unreadable', { length: formatNumber(length, language) });
}

/** Why an answer was not taken, and what to do, in words for a student. */
export function answerProblemWords(
	{ code, params }: StepProblem,
	{ options, maxLength }: QuestionStep['question'],
	{ language }: In,
): string {
	const t = text('student', language);
	const number = (value: string | number | null | undefined) =>
		formatNumber(Number(value ?? 0), language);
	switch (code) {
		case 'blank':
			return options.some((option) => option.code === REFUSAL)
				? t('problem.blank')
				: t('problem.blankNoRefusal');
		case 'too_long':
			return t('problem.too_long', {
				length: number(params['length']),
				max: number(params['max'] ?? maxLength),
			});
		case 'exclusive_conflict': {
			const choice = options.find((option) => option.code === params['code']);
			return t('problem.exclusive_conflict', { choice: choice?.label.text ?? '' });
		}
		case 'too_many_choices':
			return t('problem.too_many_choices', {
				count: number(params['count']),
				max: number(params['max']),
			});
		case 'unknown_option':
		case 'not_text':
		case 'draft_too_large':
			return t(`problem.${code}`);
		default:
			return t('problem.other');
	}
}
