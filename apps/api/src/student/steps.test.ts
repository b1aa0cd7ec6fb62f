import { compileSurvey, type SurveyDefinition } from '@throughline/survey-engine';
import { describe, expect, test } from 'vitest';
import { studentSurvey } from '../testing/seed-student-window.ts';
import { type SentPage, takePage } from './save-page.ts';
import {
	listSteps,
	type Place,
	progressAt,
	questionOf,
	resumeStep,
	stepAfter,
	stepBefore,
} from './steps.ts';

function place(definition: SurveyDefinition, draft: Partial<Place['draft']> = {}): Place {
	return {
		survey: compileSurvey(definition),
		draft: {
			language: 'en',
			seed: 1,
			hasReadNotice: true,
			values: {},
			askedAgain: [],
			seenSections: [],
			...draft,
		},
		grade: '9',
		now: new Date('2026-01-15T12:00:00Z'),
		timezone: 'America/Chicago',
	};
}

const page: Omit<SentPage, 'step'> = {
	values: ['yes'],
	intent: 'continue',
	language: null,
	from: null,
	isAskedAgain: false,
};

describe('the steps of a survey', () => {
	test('are the notice, the questions that apply, a page before a sensitive section, the check', () => {
		expect(listSteps(place(studentSurvey))).toEqual([
			'notice',
			'Q1',
			'Q3',
			'section-B',
			'Q4',
			'Q5',
			'check',
		]);
		const no = place(studentSurvey, { values: { Q1: 'no' } });
		expect(listSteps(no).slice(0, 3)).toEqual(['notice', 'Q1', 'Q2']);
	});

	test('lead forward and back along the same way', () => {
		const here = place(studentSurvey);
		const steps = listSteps(here);
		for (const [index, step] of steps.entries()) {
			expect(stepAfter(here, step)).toBe(steps[index + 1] ?? 'check');
			expect(stepBefore(here, step)).toBe(steps[index - 1] ?? null);
		}
	});

	test('are counted on the longest way still possible, which an answer only makes shorter', () => {
		expect(progressAt(place(studentSurvey), 'Q1')).toEqual({ number: 1, total: 5, isExact: false });
		const no = place(studentSurvey, { values: { Q1: 'no' } });
		expect(progressAt(no, 'Q2')).toEqual({ number: 2, total: 5, isExact: true });
		const yes = place(studentSurvey, { values: { Q1: 'yes' } });
		expect(progressAt(yes, 'Q3')).toEqual({ number: 2, total: 4, isExact: true });
		// Going back shows what stood there before.
		expect(progressAt(yes, 'Q1')).toEqual({ number: 1, total: 5, isExact: false });
	});

	test('go on after the last one that was passed, whatever was left out before it', () => {
		expect(resumeStep(place(studentSurvey, { hasReadNotice: false }))).toBe('notice');
		expect(resumeStep(place(studentSurvey))).toBe('Q1');
		expect(resumeStep(place(studentSurvey, { askedAgain: ['Q1'] }))).toBe('Q3');
		expect(resumeStep(place(studentSurvey, { values: { Q4: 'yes' } }))).toBe('Q5');
		expect(resumeStep(place(studentSurvey, { values: { Q5: 'fine' } }))).toBe('check');
	});

	test.each(['notice', 'check', 'done', 'leave'])('may ask a question named %s', (id) => {
		const [first, ...others] = studentSurvey.questions;
		const here = place({
			...studentSurvey,
			questions: first ? [{ ...first, id }, ...others.filter(({ id: own }) => own !== 'Q2')] : [],
		});
		expect(listSteps(here).slice(0, 3)).toEqual(['notice', `question-${id}`, 'Q3']);
		expect(questionOf(here.survey, id)).toBeUndefined();
		const outcome = takePage(here, { ...page, step: `question-${id}` });
		expect(outcome).toMatchObject({
			type: 'saved',
			next: 'Q3',
			draft: { values: { [id]: 'yes' } },
		});
		expect(resumeStep({ ...here, draft: outcome.draft })).toBe('Q3');
	});
});
