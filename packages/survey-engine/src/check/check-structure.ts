import {
	isClosed,
	refusalCode,
	type ClosedQuestion,
	type Option,
	type SurveyDefinition,
} from '../definition.ts';
import type { Problem } from '../problem.ts';

/** Ids, sections, scales, options, profiles and reporting: everything that refers by id. */
export function checkStructure(definition: SurveyDefinition): Problem[] {
	return [
		...checkDuplicates(definition),
		...checkSections(definition),
		...definition.questions.flatMap((question, index) =>
			isClosed(question) ? checkClosed(definition, question, { path: `questions[${index}]` }) : [],
		),
		...Object.entries(definition.scales ?? {}).flatMap(([name, scale]) =>
			duplicates(
				scale.options.map(({ code }) => code),
				{
					path: `scales.${name}.options`,
					what: 'option code',
				},
			),
		),
		...checkProfiles(definition),
		...checkReporting(definition),
	];
}

function checkDuplicates(definition: SurveyDefinition): Problem[] {
	const { languages, sections, questions, profiles = [] } = definition;
	const found = [
		...duplicates(
			languages.map(({ code }) => code),
			{ path: 'languages', what: 'language' },
		),
		...duplicates(
			sections.map(({ id }) => id),
			{ path: 'sections', what: 'section id' },
		),
		...duplicates(
			questions.map(({ id }) => id),
			{ path: 'questions', what: 'question id' },
		),
		...duplicates(
			profiles.map(({ id }) => id),
			{ path: 'profiles', what: 'profile id' },
		),
	];
	if (!languages.some(({ code }) => code === definition.defaultLanguage)) {
		found.push(
			error('defaultLanguage', 'unknown_language', {
				message: `The default language '${definition.defaultLanguage}' is not in the list of languages.`,
				fix: 'Add it to languages, or name another default.',
			}),
		);
	}
	return found;
}

function checkSections({ sections, questions }: SurveyDefinition): Problem[] {
	const order = new Map(sections.map(({ id }, index) => [id, index]));
	let latest = 0;
	return questions.flatMap((question, index) => {
		const path = `questions[${index}].section`;
		const place = order.get(question.section);
		if (place === undefined) {
			const message = `Question ${question.id} is in section '${question.section}', which does not exist.`;
			const known = [...order.keys()].join(', ');
			return error(path, 'unknown_section', { message, fix: `Use one of: ${known}.` });
		}
		if (place < latest) {
			const message = `Question ${question.id} of section '${question.section}' comes after questions of a later section.`;
			const fix = 'Keep the questions of a section together, in the order of the sections.';
			return error(path, 'section_order', { message, fix });
		}
		latest = place;
		return [];
	});
}

function checkClosed(
	definition: SurveyDefinition,
	question: ClosedQuestion,
	{ path }: { path: string },
): Problem[] {
	const found: Problem[] = [];
	if (question.allowsRefusal === false && question.noRefusalReason === undefined) {
		found.push(
			error(`${path}.allowsRefusal`, 'no_refusal_reason', {
				message: `Question ${question.id} leaves out 'Prefer not to say' without a reason.`,
				fix: 'Give the reason in noRefusalReason, or remove allowsRefusal.',
			}),
		);
	}
	if (question.type === 'scale') {
		if (!Object.hasOwn(definition.scales ?? {}, question.scale)) {
			found.push(
				error(`${path}.scale`, 'unknown_scale', {
					message: `Question ${question.id} uses the scale '${question.scale}', which does not exist.`,
					fix: 'Define it in scales, or use one that is there.',
				}),
			);
		}
		return found;
	}
	found.push(
		...duplicates(
			question.options.map(({ code }) => code),
			{
				path: `${path}.options`,
				what: 'option code',
			},
		),
		...checkRefusalOption(question, question.options, { path }),
	);
	return question.type === 'multi' ? [...found, ...checkMulti(question, path)] : found;
}

function checkRefusalOption(
	question: ClosedQuestion,
	options: readonly Option[],
	{ path }: { path: string },
): Problem[] {
	const hasOwn = options.some(({ code }) => code === refusalCode);
	if (!hasOwn || question.allowsRefusal !== false) {
		return [];
	}
	return [
		error(`${path}.options`, 'refusal_conflict', {
			message: `Question ${question.id} has the option '${refusalCode}' and says that it has none.`,
			fix: 'Remove the option or allowsRefusal.',
		}),
	];
}

function checkMulti(question: ClosedQuestion & { type: 'multi' }, path: string): Problem[] {
	const found: Problem[] = [];
	const choices = question.options.filter(({ isExclusive }) => isExclusive !== true).length;
	if (question.maxChoices !== undefined && question.maxChoices > Math.max(choices, 1)) {
		found.push(
			warning(`${path}.maxChoices`, 'max_choices_unreachable', {
				message: `Question ${question.id} allows ${question.maxChoices} choices and offers ${choices}.`,
				fix: 'Lower maxChoices or leave it out.',
			}),
		);
	}
	for (const code of Object.keys(question.categories ?? {})) {
		if (!question.options.some((option) => option.code === code)) {
			found.push(
				error(`${path}.categories.${code}`, 'unknown_option', {
					message: `Question ${question.id} has no option '${code}'.`,
					fix: 'Use the code of one of its options.',
				}),
			);
		}
	}
	return found;
}

function checkProfiles({ profiles = [], questions }: SurveyDefinition): Problem[] {
	const known = new Set(questions.map(({ id }) => id));
	return profiles.flatMap((profile, profileIndex) =>
		profile.dropQuestions.flatMap((id, index) =>
			known.has(id)
				? []
				: error(`profiles[${profileIndex}].dropQuestions[${index}]`, 'unknown_question', {
						message: `The profile '${profile.id}' drops question ${id}, which does not exist.`,
						fix: 'Remove it from the profile or correct the id.',
					}),
		),
	);
}

function checkReporting(definition: SurveyDefinition): Problem[] {
	const { scales = {}, questions, reporting } = definition;
	return Object.entries(reporting?.favorable ?? {}).flatMap(([name, codes]) => {
		const path = `reporting.favorable.${name}`;
		const question = questions.find(({ id }) => id === name);
		const own = question !== undefined && 'options' in question ? question.options : undefined;
		const options = own ?? (Object.hasOwn(scales, name) ? scales[name]?.options : undefined);
		if (options === undefined) {
			const message = `'${name}' is neither a scale nor a question with options.`;
			return error(path, 'unknown_name', { message, fix: 'Use the id of a scale or question.' });
		}
		return codes.flatMap((code, index) =>
			options.some((option) => option.code === code)
				? []
				: error(`${path}[${index}]`, 'unknown_option', {
						message: `'${name}' has no option '${code}'.`,
						fix: `Use one of: ${options.map((option) => option.code).join(', ')}.`,
					}),
		);
	});
}

function duplicates(
	values: readonly string[],
	{ path, what }: { path: string; what: string },
): Problem[] {
	return values.flatMap((value, index) =>
		values.indexOf(value) === index
			? []
			: error(`${path}[${index}]`, 'duplicate_id', {
					message: `The ${what} '${value}' is used twice.`,
					fix: 'Give each its own; never reuse one that has been published.',
				}),
	);
}

function error(path: string, code: string, text: { message: string; fix: string }): Problem {
	return { path, severity: 'error', code, ...text };
}

function warning(path: string, code: string, text: { message: string; fix: string }): Problem {
	return { path, severity: 'warning', code, ...text };
}
