import { expect, test } from 'vitest';
import { linkProblem } from './link-problem.ts';

const gone = 'This link no longer works';

test('only a link that was used up or ran out no longer works', () => {
	const answer = { status: 410, code: 'link_used_up', message: '' };
	expect(linkProblem(answer)).toMatchObject({ title: gone, isWorthAnotherTry: false });
});

test.each([
	[503, 'api_unreachable', true],
	[500, 'unknown', true],
	[429, 'too_many_requests', true],
	[403, 'not_invited', false],
	[422, 'invalid_input', false],
])('a refusal of %i %s says something else', (status, code, isWorthAnotherTry) => {
	const words = linkProblem({ status, code, message: 'Why.' });
	expect(words.title).not.toBe(gone);
	expect(words.why).not.toBe('');
	expect(words.isWorthAnotherTry).toBe(isWorthAnotherTry);
});

test('too many attempts are told apart from a server that does not answer', () => {
	const why = (status: number) => linkProblem({ status, code: 'x', message: '' }).why;
	expect(new Set([why(429), why(503), why(500)]).size).toBe(3);
});
