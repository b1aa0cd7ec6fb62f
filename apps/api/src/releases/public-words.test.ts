import { expect, test } from 'vitest';
import type { ReleaseBody } from './body.ts';
import { wordDoubts, wordProblems } from './public-words.ts';

const count = '3 students of Old Mill said no.';
const quiet = { sentence: 'Many agree.', minorityView: 'Some do not.' };

/** What is read of a body. */
const bodyWith = (change: { finding?: object; recommendation?: object; reason?: string } = {}) =>
	({
		window: { id: 'w' },
		charts: { en: {} },
		quotes: [],
		findings: [{ id: 'f', chartIds: [], quoteIds: [], ...quiet, ...change.finding }],
		recommendations: [
			{ id: 'r', key: 'R01', text: 'Meet.', findingIds: ['f'], ...change.recommendation },
		],
		method: { groups: { sessions: 1, shown: 0, reason: change.reason ?? '' } },
	}) as unknown as ReleaseBody;

test.each([
	['The title of the release', bodyWith(), count],
	['Why a group did not see it first', bodyWith({ reason: count }), 'Spring'],
	[`The finding “${count}”`, bodyWith({ finding: { sentence: count } }), 'Spring'],
	[
		'The finding “Many agree.”, who saw it differently',
		bodyWith({ finding: { minorityView: count } }),
		'Spring',
	],
	...(['text', 'owner', 'measure', 'target', 'dissent', 'reason'] as const).map(
		(key): [string, ReleaseBody, string] => [
			`The recommendation R01, its ${key}`,
			bodyWith({ recommendation: { [key]: count } }),
			'Spring',
		],
	),
])('a count of students is found in every public field: %s', (where, body, title) => {
	expect(wordProblems(body, title).map((problem) => problem.where)).toEqual([where]);
});

test('a doubt keeps its id while its words and place stay, and has another when they change', () => {
	const [first] = wordDoubts(bodyWith(), 'What we heard at 70');
	const [again] = wordDoubts(bodyWith(), 'What we heard at 70');
	const [other] = wordDoubts(bodyWith(), 'What they heard at 70');
	expect(first?.id).toBe(again?.id);
	expect(first?.id).not.toBe(other?.id);
});
