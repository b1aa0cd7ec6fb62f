import { expect, test } from 'vitest';
import { refusalCode, type Question } from './definition.ts';
import { definitionOf, en, single } from './example-survey.ts';
import { positionOf } from './state.ts';
import {
	compileSurvey,
	nextQuestion,
	optionsFor,
	previousQuestion,
	resultAnswers,
	SurveyDefinitionError,
	withAnswer,
} from './survey.ts';

const contact: Question = single('S06', ['never', 'few'], {
	relevance: "${S05} = 'name' or ${S05} = 'seen'",
});
const talk: Question = {
	id: 'S07',
	section: 'A',
	type: 'long_text',
	text: en('What about?'),
	relevance: "${S06} = 'few'",
};
const last: Question = single('S08', ['yes', 'no']);
const definition = definitionOf([single('S05', ['name', 'seen', 'none']), contact, talk, last]);
const survey = compileSurvey(definition);

test('a question is shown when its relevance is true', () => {
	expect(survey.state({}, {}).visible).toEqual(['S05', 'S08']);
	expect(survey.state({ S05: 'seen' }, {}).visible).toEqual(['S05', 'S06', 'S08']);
	expect(survey.state({ S05: 'seen', S06: 'few' }, {}).visible).toEqual([
		'S05',
		'S06',
		'S07',
		'S08',
	]);
});

test('an answer off the path does not count, nor does it open other questions', () => {
	const answers = { S05: 'none', S06: 'few', S07: 'hello', S08: 'yes' };
	expect(survey.state(answers, {}).visible).toEqual(['S05', 'S08']);
	expect(resultAnswers(survey, answers, {})).toEqual({ S05: 'none', S08: 'yes' });
});

test('answers off the path stay in the draft and count again when the path comes back', () => {
	const draft = withAnswer({ S05: 'seen', S06: 'few', S07: 'hello' }, 'S05', { answer: 'none' });
	const back = withAnswer(draft, 'S05', { answer: 'name' });
	expect(resultAnswers(survey, back, {})).toEqual({ S05: 'name', S06: 'few', S07: 'hello' });
});

test('a removed answer is gone', () => {
	expect(withAnswer({ S05: 'seen', S08: 'no' }, 'S05', { answer: null })).toEqual({ S08: 'no' });
});

test('next and previous walk over the questions shown, also from one that is hidden', () => {
	const context = {};
	expect(nextQuestion(survey, {}, { from: null, context })).toBe('S05');
	expect(nextQuestion(survey, {}, { from: 'S05', context })).toBe('S08');
	expect(nextQuestion(survey, { S05: 'name' }, { from: 'S05', context })).toBe('S06');
	expect(nextQuestion(survey, {}, { from: 'S07', context })).toBe('S08');
	expect(nextQuestion(survey, {}, { from: 'S08', context })).toBeNull();
	expect(previousQuestion(survey, {}, { from: 'S08', context })).toBe('S05');
	expect(previousQuestion(survey, {}, { from: 'S05', context })).toBeNull();
	expect(previousQuestion(survey, {}, { from: null, context })).toBe('S08');
});

test('progress counts the questions shown', () => {
	const state = survey.state({ S05: 'seen', S07: 'off the path' }, {});
	expect(state.progress).toEqual({ answered: 1, total: 3 });
	expect(positionOf(state, 'S08')).toEqual({ position: 3, total: 3 });
	expect(positionOf(state, 'S07')).toBeNull();
});

test('every closed question ends in Prefer not to say', () => {
	const question = survey.question('S05');
	expect(question?.kind === 'closed' && question.options.map(({ code }) => code)).toEqual([
		'name',
		'seen',
		'none',
		refusalCode,
	]);
});

test('a question that says why not has no Prefer not to say, and its own is not doubled', () => {
	const compiled = compileSurvey(
		definitionOf([
			single('A1', ['yes'], { allowsRefusal: false, noRefusalReason: 'Consent needs an answer.' }),
			single('A2', [refusalCode, 'yes']),
		]),
	);
	const codes = compiled.questions.map((question) =>
		question.kind === 'closed' ? question.options.map(({ code }) => code) : [],
	);
	expect(codes).toEqual([['yes'], ['yes', refusalCode]]);
});

const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
const shuffled: Question = {
	id: 'S16',
	section: 'A',
	type: 'multi',
	text: en('Which?'),
	randomizeOptions: true,
	options: [
		{ code: 'none', label: en('None'), isExclusive: true },
		{ code: 'other', label: en('Other'), isFixedLast: true },
		...codes.map((code) => ({ code, label: en(code) })),
	],
};

test('shuffled options depend on the seed alone; exclusive and fixed ones stay last', () => {
	const question = compileSurvey(definitionOf([shuffled])).question('S16');
	if (question?.kind !== 'closed') {
		throw new Error('S16 is a closed question.');
	}
	const orders = Array.from({ length: 40 }, (_, seed) =>
		optionsFor(question, String(seed)).map(({ code }) => code),
	);
	expect(optionsFor(question, '7').map(({ code }) => code)).toEqual(orders[7]);
	expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(30);
	for (const order of orders) {
		expect(order.slice(0, 6).toSorted()).toEqual(codes);
		expect(order.slice(6)).toEqual(['none', 'other', refusalCode]);
	}
});

const open: Question = { id: 'T1', section: 'A', type: 'long_text', text: en('Tell us') };
const adult = single('D06', ['yes', 'no'], { minGrade: 9 });
const profiled = compileSurvey(
	definitionOf([single('S01', ['yes', 'no']), open, adult], {
		profiles: [{ id: 'under_13', grades: [6, 7], dropQuestions: ['T1'] }],
	}),
);

test.each([
	[6, ['S01']],
	['7', ['S01']],
	[8, ['S01', 'T1']],
	[9, ['S01', 'T1', 'D06']],
	[undefined, ['S01']],
	['', ['S01']],
])('in grade %s the questions are %s', (grade, visible) => {
	expect(profiled.state({}, { grade }).visible).toEqual(visible);
});

test('an answer to a question that the profile drops never counts', () => {
	expect(resultAnswers(profiled, { S01: 'yes', T1: 'text' }, { grade: 6 })).toEqual({ S01: 'yes' });
});

test('a definition with an error is refused with all its problems', () => {
	const broken = definitionOf([single('S05', ['a']), single('S05', ['b'], { relevance: '1 +' })]);
	expect(() => compileSurvey(broken)).toThrow(SurveyDefinitionError);
});
