import { describe, expect, it } from 'vitest';
import { ApiProblem } from './api.ts';
import { formProblem, problemWords } from './problem.ts';

describe('problemWords', () => {
	it.each([400, 401, 403, 404, 410, 413, 422, 429, 500, 502, 503, 504])(
		'says what happened and what to do for %i in every language',
		(status) => {
			const said = (['en', 'es', 'ar'] as const).flatMap((language) =>
				Object.values(problemWords(status, language)),
			);
			expect(new Set(said).size).toBe(6);
			expect(said.filter((words) => words.startsWith('problem.'))).toEqual([]);
		},
	);
});

describe('formProblem', () => {
	it('gives a form the words for its fields', () => {
		const refusal = new ApiProblem({
			status: 422,
			code: 'invalid',
			message: 'Check the form.',
			fields: { title: 'Give it a title.' },
		});
		expect(formProblem(refusal)).toEqual({
			status: 422,
			code: 'invalid',
			message: 'Check the form.',
			fields: { title: 'Give it a title.' },
		});
	});

	it.each([
		new Error('bug'),
		new ApiProblem({ status: 503, code: 'api_unreachable', message: '' }),
		new ApiProblem({ status: 401, code: 'unauthenticated', message: '' }),
	])('leaves $name to the error page', (error) => {
		expect(() => formProblem(error)).toThrow(error);
	});
});
