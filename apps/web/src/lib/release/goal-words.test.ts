import { expect, it } from 'vitest';
import { goalWords } from './goal-words.ts';

it.each([
	['>= 80%', 'en', 'at least 80%'],
	['>= 80%', 'es', 'al menos 80%'],
	['>= 80%', 'ar', 'ما لا يقل عن 80%'],
	['≤5', 'en', 'at most 5'],
	['> 3', 'es', 'más de 3'],
	['< 10 %', 'ar', 'أقل من 10 %'],
	['100%', 'es', '100%'],
] as const)('says the goal %s in the language of the page (%s)', (goal, language, words) => {
	expect(goalWords(goal, { language, writtenIn: 'en' })).toEqual({ text: words, language });
});

it.each([
	['>= 1 per group per semester', 'at least 1 per group per semester'],
	['by May 31', 'by May 31'],
	['presence >= 80% of days, <= 2 gaps', 'presence at least 80% of days, at most 2 gaps'],
])('leaves a goal with words in the language it was written in: %s', (goal, words) => {
	expect(goalWords(goal, { language: 'ar', writtenIn: 'en' })).toEqual({
		text: words,
		language: 'en',
	});
});
