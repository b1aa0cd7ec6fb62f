import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { submitResponse } from '../../actions/submit-response.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { createGuessBudget } from '../../student/guess-budget.ts';
import { noticeText } from '../../student/notices.ts';
import { presentQuestion, presentStep, sayIn } from '../../student/present-step.ts';
import { takePage } from '../../student/save-page.ts';
import {
	finishBody,
	type FinishResult,
	languageQuery,
	linkParam,
	saveBody,
	type SaveResult,
	startBody,
	stepParam,
	stepQuery,
	type SurveyWelcome,
} from './schema.ts';
import { resumeStep } from '../../student/steps.ts';
import { checkCode, keepDraft, newDraft, placeOf } from '../../student/student-access.ts';
import { createStudentWindows, type StudentWindow } from '../../student/student-windows.ts';

/**
 * The student's way through a survey. The code travels in the `X-Access-Code` header, never in an
 * address; no answer of these routes says anything about another student.
 */
export function studentRoutes(deps: Deps) {
	const windows = createStudentWindows(deps);
	const budget = createGuessBudget(deps.clock);

	async function access(c: AppContext, link: string) {
		const window = await windows.find(link);
		return checkCode(deps, window, { typed: c.req.header('x-access-code') ?? '', budget });
	}

	return new Hono<AppEnv>()
		.get(
			'/:link',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('query', languageQuery),
			async (c) => {
				const window = await windows.find(c.req.valid('param').link);
				return c.json(welcome(deps, window, c.req.valid('query').language), 200);
			},
		)
		.post(
			'/:link/start',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('json', startBody),
			async (c) => {
				const body = c.req.valid('json');
				const window = await windows.find(c.req.valid('param').link);
				const student = await checkCode(deps, window, { typed: body.code, budget });
				const language = offered(window, body.language);
				const draft = student.draft ? { ...student.draft, language } : newDraft(deps, language);
				await keepDraft(deps, student, draft);
				return c.json({ code: student.code, next: resumeStep(placeOf(deps, student, draft)) }, 200);
			},
		)
		.get(
			'/:link/steps/:step',
			authorise('student:answer'),
			valid('param', stepParam),
			valid('query', stepQuery),
			async (c) => {
				const { link, step } = c.req.valid('param');
				const student = await access(c, link);
				const draft = student.draft ?? newDraft(deps, 'en');
				const view = {
					access: student,
					draft,
					place: placeOf(deps, student, draft),
					from: c.req.valid('query').from ?? null,
					submissionId: deps.random.bytes(16).toString('hex'),
				};
				return c.json(presentStep(view, step), 200);
			},
		)
		.put(
			'/:link/steps/:step',
			authorise('student:answer'),
			valid('param', stepParam),
			valid('json', saveBody),
			async (c) => {
				const { link, step } = c.req.valid('param');
				const page = c.req.valid('json');
				const student = await access(c, link);
				const draft = student.draft ?? newDraft(deps, 'en');
				const place = placeOf(deps, student, draft);
				const from = page.from ?? null;
				const outcome = takePage(place, {
					...page,
					step,
					from,
					language: page.language ? offered(student.window, page.language) : null,
				});
				await keepDraft(deps, student, outcome.draft);
				const question = place.survey.question(step);
				if (outcome.type === 'refused' && question) {
					const view = {
						access: student,
						draft: outcome.draft,
						place: { ...place, draft: outcome.draft },
						from,
						submissionId: '',
					};
					const sent = { values: page.values, problem: outcome.problem };
					const refused: SaveResult = {
						type: 'refused',
						step: presentQuestion(view, question, sent),
					};
					return c.json(refused, 200);
				}
				const saved: SaveResult = {
					type: 'saved',
					next: outcome.type === 'saved' ? outcome.next : step,
				};
				return c.json(saved, 200);
			},
		)
		.post(
			'/:link/finish',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('json', finishBody),
			async (c) => {
				const window = await windows.find(c.req.valid('param').link);
				const student = await checkCode(deps, window, {
					typed: c.req.header('x-access-code') ?? '',
					budget,
					allowSpent: true,
				});
				const sidHash = createHash('sha256').update(c.req.valid('json').submissionId).digest();
				await submitResponse(deps, student, sidHash);
				const language = student.draft?.language ?? 'en';
				return c.json({ language }, 200);
			},
		)
		.get(
			'/:link/thanks',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('query', languageQuery),
			async (c) => {
				const window = await windows.find(c.req.valid('param').link);
				const language = offered(window, c.req.valid('query').language);
				const result: FinishResult = {
					language,
					thanks: noticeText(window.notices.end, {
						language,
						fallback: window.survey.definition.defaultLanguage,
						placeholders: window.placeholders,
					}),
				};
				return c.json({ ...result, ...welcome(deps, window, language) }, 200);
			},
		);
}

function welcome(
	deps: Pick<Deps, 'clock'>,
	window: StudentWindow,
	wanted: string | undefined,
): SurveyWelcome {
	const language = offered(window, wanted);
	const { definition } = window.survey;
	return {
		title: sayIn(window, language)(definition.title),
		district: window.district,
		isSynthetic: window.isSynthetic,
		status: statusOf(deps.clock(), window),
		opensOn: dateIn(window.timezone, window.opensAt),
		closesOn: dateIn(window.timezone, window.closesAt),
		language,
		languages: window.languages,
		minutes: definition.estimatedMinutes ?? null,
	};
}

function statusOf(now: Date, window: StudentWindow): SurveyWelcome['status'] {
	if (window.status === 'draft' || (window.status === 'open' && now < window.opensAt)) {
		return 'not_yet';
	}
	return window.status === 'open' && now < window.closesAt ? 'open' : 'closed';
}

/** The wanted language when the survey is reviewed in it, else the survey's own. */
function offered(window: StudentWindow, wanted: string | undefined): string {
	return (
		window.languages.find((language) => language === wanted) ??
		window.survey.definition.defaultLanguage
	);
}

/** The calendar date in a time zone, as YYYY-MM-DD. */
function dateIn(timezone: string, time: Date): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(time);
}
