import { expect, test } from 'vitest';
import type { Question } from './definition.ts';
import { definitionOf, en, single } from './example-survey.ts';
import { codePointLength, normalizeText } from './normalize-text.ts';
import { compileSurvey } from './survey.ts';
import { formValue, validateAnswer, validateResponse } from './validation.ts';

const multi: Question = {
	id: 'M',
	section: 'A',
	type: 'multi',
	text: en('?'),
	maxChoices: 2,
	options: [
		{ code: 'none', label: en('None'), isExclusive: true },
		...['a', 'b', 'c'].map((code) => ({ code, label: en(code) })),
	],
};
const long: Question = { id: 'L', section: 'A', type: 'long_text', text: en('?'), maxLength: 10 };
const short: Question = { id: 'T', section: 'A', type: 'short_text', text: en('?') };
const hidden = single('H', ['x'], { relevance: "${S} = 'yes'" });
const survey = compileSurvey(
	definitionOf([single('S', ['yes', 'no']), hidden, multi, long, short]),
);

test.each<[string, unknown, unknown]>([
	['S', 'yes', 'yes'],
	['S', ['yes'], 'yes'],
	['S', ['yes', 'yes'], 'yes'],
	['S', 'prefer_not_to_say', 'prefer_not_to_say'],
	['S', '', null],
	['S', undefined, null],
	['S', [], null],
	['M', 'a', ['a']],
	['M', ['c', 'a', '', 'c'], ['a', 'c']],
	['M', ['none'], ['none']],
	['M', ['prefer_not_to_say'], ['prefer_not_to_say']],
	['M', null, null],
	['L', ' two\r\nlines ', 'two\nlines'],
	['L', '   \n ', null],
	['L', '😀'.repeat(10), '😀'.repeat(10)],
	['L', '<b>"\'--', '<b>"\'--'],
	['L', "'; DROP--", "'; DROP--"],
	['L', '=1+1', '=1+1'],
	['T', 'one\n two', 'one two'],
])('question %s takes %j as %j', (id, raw, answer) => {
	expect(validateAnswer(question(id), raw)).toEqual({ ok: true, answer });
});

test.each<[string, unknown, string, object]>([
	['S', 'maybe', 'unknown_option', { value: 'maybe' }],
	['S', 'YES', 'unknown_option', { value: 'YES' }],
	['S', ['yes', 'no'], 'too_many_choices', { max: 1, count: 2 }],
	['S', { $ne: null }, 'not_text', {}],
	['S', 1, 'not_text', {}],
	['S', [['yes']], 'not_text', {}],
	['S', '\ud800'.repeat(200), 'unknown_option', { value: '\ufffd'.repeat(80) }],
	['M', ['a', 'b', 'c'], 'too_many_choices', { max: 2, count: 3 }],
	['M', ['a', 'none'], 'exclusive_conflict', { code: 'none' }],
	['M', ['a', 'prefer_not_to_say'], 'exclusive_conflict', { code: 'prefer_not_to_say' }],
	['M', ['a', '__proto__'], 'unknown_option', { value: '__proto__' }],
	['L', 'a'.repeat(11), 'too_long', { max: 10, length: 11 }],
	['L', 'a'.repeat(100_000), 'too_long', { max: 10, length: 100_000 }],
	['L', ['a', 'b'], 'not_text', {}],
	['T', 'a'.repeat(201), 'too_long', { max: 200, length: 201 }],
])('question %s refuses %j: %s', (id, raw, code, params) => {
	expect(validateAnswer(question(id), raw)).toEqual({ ok: false, code, params });
});

test.each([
	['e\u0301', '\u00e9'],
	['a\u0000b\u0007c\u0085d\u007f', 'abcd'],
	['a\tb\rc', 'a\tb\nc'],
	['a\ud800', 'a\ufffd'],
	['\u200fعربي', '\u200fعربي'],
])('%j is stored as %j', (text, expected) => {
	expect(normalizeText(text)).toBe(expected);
});

test('length counts code points', () => {
	expect(codePointLength('👍🏽é')).toBe(3);
});

test('a form field is found by the id of the question and never in the prototype', () => {
	expect(formValue(question('S'), { S: 'yes' })).toBe('yes');
	const named = compileSurvey(definitionOf([single('constructor', ['a'])])).questions[0];
	expect(named && formValue(named, {})).toBeUndefined();
});

test('a response keeps what is valid and shown, and lists the rest', () => {
	const values = { S: 'no', H: 'x', M: ['a', 'z'], L: ' ok ', X: 'y', T: '' };
	expect(validateResponse(survey, values, { context: {} })).toEqual({
		ok: false,
		answers: { S: 'no', L: 'ok' },
		problems: [
			{ questionId: 'M', code: 'unknown_option', params: { value: 'z' } },
			{ questionId: 'X', code: 'unknown_question', params: {} },
		],
		offPath: ['H'],
	});
});

test('an empty response is a good one: no question is compulsory', () => {
	expect(validateResponse(survey, {}, { context: {} })).toMatchObject({ ok: true, answers: {} });
});

test.each([null, 'x', [], 3])('%j is no response', (values) => {
	expect(validateResponse(survey, values, { context: {} }).ok).toBe(false);
});

function question(id: string) {
	const found = survey.question(id);
	if (found === undefined) {
		throw new Error(`There is no question ${id} in this test.`);
	}
	return found;
}
