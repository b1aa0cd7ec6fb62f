import { expect, test } from 'vitest';
import { nextSteps } from './next-steps.ts';

const hrefs = (given: { hasSurvey: boolean; windows?: { status: 'open' | 'draft' }[] }) =>
	nextSteps(
		{ roles: ['administrator'] },
		{
			slug: 'e',
			hasSurvey: given.hasSurvey,
			windows: (given.windows ?? []).map(({ status }) => ({
				id: 'w',
				label: 'Spring',
				status,
			})),
		},
	).map(({ href }) => href.replace('/team/e', ''));

test('a new district is led from its schools to a survey, and only then to a window', () => {
	expect(hrefs({ hasSurvey: false })).toEqual([
		'/people',
		'/places',
		'/surveys',
		'/dialogs',
		'/releases',
	]);
	expect(hrefs({ hasSurvey: true })).toEqual([
		'/people',
		'/places',
		'/windows',
		'/dialogs',
		'/releases',
	]);
});

test('an open window comes first, and counts are no longer the thing to check', () => {
	expect(hrefs({ hasSurvey: true, windows: [{ status: 'open' }] }).slice(0, 3)).toEqual([
		'/rates/w',
		'/people',
		'/windows',
	]);
});
