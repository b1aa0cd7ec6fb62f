import { expect, test } from 'vitest';
import type { Question, SurveyDefinition } from '../definition.ts';
import { definitionOf, en, single } from '../example-survey.ts';
import { checkDefinition, parseDefinition } from './check-definition.ts';

const first = single('Q1', ['a', 'b']);
const scale: Question = { id: 'Q2', section: 'A', type: 'scale', scale: 'agree', text: en('?') };
const multi: Question = {
	id: 'Q2',
	section: 'A',
	type: 'multi',
	text: en('?'),
	options: [{ code: 'a', label: en('a') }],
};

const relevance = (text: string): SurveyDefinition =>
	definitionOf([first, single('Q2', ['c'], { relevance: text })]);

test.each<[string, SurveyDefinition, string, string]>([
	['duplicate_id', definitionOf([first, first]), 'questions[1]', "question id 'Q1' is used twice"],
	[
		'duplicate_id',
		definitionOf([single('Q1', ['a', 'a'])]),
		'questions[0].options[1]',
		"option code 'a'",
	],
	[
		'unknown_language',
		definitionOf([first], { defaultLanguage: 'es' }),
		'defaultLanguage',
		"'es' is not in the list",
	],
	[
		'unknown_section',
		definitionOf([single('Q1', ['a'], { section: 'B' })]),
		'questions[0].section',
		"section 'B'",
	],
	[
		'section_order',
		definitionOf([single('Q1', ['a'], { section: 'B' }), single('Q2', ['a'])], {
			sections: [
				{ id: 'A', title: en('A') },
				{ id: 'B', title: en('B') },
			],
		}),
		'questions[1].section',
		'comes after questions of a later section',
	],
	['unknown_scale', definitionOf([scale]), 'questions[0].scale', "scale 'agree'"],
	[
		'no_refusal_reason',
		definitionOf([single('Q1', ['a'], { allowsRefusal: false })]),
		'questions[0].allowsRefusal',
		'without a reason',
	],
	[
		'refusal_conflict',
		definitionOf([
			single('Q1', ['prefer_not_to_say'], { allowsRefusal: false, noRefusalReason: 'x' }),
		]),
		'questions[0].options',
		'says that it has none',
	],
	[
		'max_choices_unreachable',
		definitionOf([{ ...multi, maxChoices: 3 }]),
		'questions[0].maxChoices',
		'allows 3 choices and offers 1',
	],
	[
		'unknown_option',
		definitionOf([{ ...multi, categories: { z: 'other' } }]),
		'questions[0].categories.z',
		"no option 'z'",
	],
	[
		'unknown_question',
		definitionOf([first], { profiles: [{ id: 'young', grades: [6], dropQuestions: ['Q9'] }] }),
		'profiles[0].dropQuestions[0]',
		'Q9',
	],
	[
		'unknown_name',
		definitionOf([first], { reporting: { favorable: { agree: ['4'] } } }),
		'reporting.favorable.agree',
		'neither a scale nor a question',
	],
	[
		'unknown_option',
		definitionOf([first], { reporting: { favorable: { Q1: ['z'] } } }),
		'reporting.favorable.Q1[0]',
		"no option 'z'",
	],
	['bad_expression', relevance("${Q1} = 'a"), 'questions[1].relevance', 'Character 9:'],
	['bad_call', relevance("pick(${Q1}, 'a')"), 'questions[1].relevance', 'no function pick()'],
	['bad_call', relevance('selected(${Q1})'), 'questions[1].relevance', 'takes 2 arguments, not 1'],
	['unknown_name', relevance("1 = 1 and ${Q9} = 'a'"), 'questions[1].relevance', 'Character 11:'],
	['unknown_option', relevance("${Q1} = 'z'"), 'questions[1].relevance', "no option 'z'"],
	['unknown_option', relevance("'z' != ${Q1}"), 'questions[1].relevance', "no option 'z'"],
	['unknown_option', relevance("selected(${Q1}, 'z')"), 'questions[1].relevance', "no option 'z'"],
	['cycle', relevance("${Q2} = 'c'"), 'questions[1].relevance', 'in a circle'],
	['cycle', relevance(". = 'c'"), 'questions[1].relevance', 'in a circle'],
	[
		'forward_reference',
		definitionOf([single('Q1', ['a'], { relevance: "${Q2} = 'a'" }), single('Q2', ['a'])]),
		'questions[0].relevance',
		'asked later',
	],
	[
		'missing_translation',
		definitionOf([first], {
			languages: [
				{ code: 'en', status: 'reviewed' },
				{ code: 'es', status: 'reviewed' },
			],
		}),
		'title',
		"no words in 'es'",
	],
	[
		'missing_translation',
		definitionOf([{ ...first, text: { en: '  ' } }]),
		'questions[0].text',
		"no words in 'en'",
	],
	[
		'unlisted_language',
		definitionOf([first], { title: { en: 'A', fr: 'B' } }),
		'title',
		"'fr', which is not a language",
	],
])('%s is found: %#', (code, definition, path, message) => {
	const found = checkDefinition(definition).filter((problem) => problem.code === code);
	expect(found).toContainEqual(expect.objectContaining({ path }));
	expect(found.map((problem) => problem.message).join()).toContain(message);
	expect(found.every(({ fix }) => fix.length > 0)).toBe(true);
});

test('two questions that wait for each other are a circle', () => {
	const definition = definitionOf([
		single('Q1', ['a'], { relevance: "${Q2} = 'a'" }),
		single('Q2', ['a'], { relevance: "${Q1} = 'a'" }),
	]);
	expect(checkDefinition(definition).map(({ code }) => code)).toEqual(['cycle']);
});

test('a comparison with the refusal is known although the author did not write the option', () => {
	expect(checkDefinition(relevance("${Q1} != 'prefer_not_to_say'"))).toEqual([]);
});

test('a reviewed language needs its own words for the refusal when the engine has none', () => {
	const words = { en: 'x', so: 'y' };
	const definition = definitionOf(
		[{ ...first, text: words, options: [{ code: 'a', label: words }] } as Question],
		{
			title: words,
			sections: [{ id: 'A', title: words }],
			languages: [
				{ code: 'en', status: 'reviewed' },
				{ code: 'so', status: 'reviewed' },
			],
		},
	);
	expect(checkDefinition(definition).map(({ path }) => path)).toEqual(['refusalLabel']);
	expect(checkDefinition({ ...definition, refusalLabel: { so: 'Ma rabo' } })).toEqual([]);
});

test('a gap in a draft language is no error', () => {
	const languages: SurveyDefinition['languages'] = [
		{ code: 'en', status: 'reviewed' },
		{ code: 'es', status: 'draft' },
	];
	expect(checkDefinition(definitionOf([first], { languages }))).toEqual([]);
});

test.each([
	['a misspelt key', { ...definitionOf([first]), titel: 'x' }, ''],
	[
		'a question of no known type',
		definitionOf([{ ...first, type: 'slider' } as never]),
		'questions[0].type',
	],
	[
		'a text that is too long for its type',
		definitionOf([{ id: 'T', section: 'A', type: 'long_text', text: en('?'), maxLength: 2001 }]),
		'questions[0].maxLength',
	],
	['a code with a space', definitionOf([single('Q1', ['a b'])]), 'questions[0].options[0].code'],
	['an id that is not a name', definitionOf([single('1Q', ['a'])]), 'questions[0].id'],
	['no object', 'x', ''],
])('%s has the wrong shape', (_, input, path) => {
	const parsed = parseDefinition(input);
	expect(parsed.ok).toBe(false);
	expect(parsed.problems[0]).toMatchObject({ path, code: 'wrong_shape', severity: 'error' });
});

test('a good definition comes back as it was given, so that its hash stays', () => {
	const definition = definitionOf([first]);
	const parsed = parseDefinition(structuredClone(definition));
	expect(parsed.ok && parsed.definition).toEqual(definition);
});
