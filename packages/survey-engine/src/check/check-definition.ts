import { surveyDefinitionSchema, type SurveyDefinition } from '../definition.ts';
import { jsonPath, type Problem } from '../problem.ts';
import { checkRelevance } from './check-relevance.ts';
import { checkStructure } from './check-structure.ts';
import { checkTexts } from './check-texts.ts';

export type ParsedDefinition =
	| { readonly ok: true; readonly definition: SurveyDefinition; readonly problems: Problem[] }
	| { readonly ok: false; readonly problems: Problem[] };

/**
 * Reads a definition from untrusted JSON: its shape, then everything `checkDefinition` finds.
 * `ok` means that there is no error; warnings come along in `problems`.
 */
export function parseDefinition(input: unknown): ParsedDefinition {
	const parsed = surveyDefinitionSchema.safeParse(input);
	if (!parsed.success) {
		const problems = parsed.error.issues.map((issue): Problem => ({
			path: jsonPath(issue.path),
			severity: 'error',
			code: 'wrong_shape',
			message: issue.message,
			fix: 'Compare this part with the survey format in docs/survey-format.md.',
		}));
		return { ok: false, problems };
	}
	const problems = checkDefinition(parsed.data);
	if (problems.some(({ severity }) => severity === 'error')) {
		return { ok: false, problems };
	}
	return { ok: true, definition: parsed.data, problems };
}

/**
 * Everything wrong in a definition of the right shape: ids used twice or unknown, expressions
 * that cannot be read or look at later questions, codes that do not exist, missing translations.
 */
export function checkDefinition(definition: SurveyDefinition): Problem[] {
	return [...checkStructure(definition), ...checkRelevance(definition), ...checkTexts(definition)];
}
