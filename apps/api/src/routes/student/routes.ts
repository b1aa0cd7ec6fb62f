import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { submitResponse } from '../../actions/submit-response.ts';
import { sealingKey } from '../../ballot/epoch-keys.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { originOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { evenly } from '../../student/evenly.ts';
import { createGuessBudget } from '../../student/guess-budget.ts';
import { offeredLanguage } from '../../student/languages.ts';
import { presentStep } from '../../student/present-step.ts';
import { presentThanks, presentWelcome } from '../../student/present-welcome.ts';
import { takePage } from '../../student/save-page.ts';
import { resumeStep } from '../../student/steps.ts';
import {
	changeDraft,
	checkCode,
	findCode,
	newDraft,
	placeOf,
	requireOpen,
	shownCode,
} from '../../student/student-access.ts';
import { createStudentWindows } from '../../student/student-windows.ts';
import {
	finishBody,
	type FinishResult,
	languageQuery,
	linkParam,
	saveBody,
	type SaveResult,
	startBody,
	type StartResult,
	stepParam,
	stepQuery,
} from './schema.ts';

/**
 * The student's way through a survey. The code travels in the `X-Access-Code` header, never in an
 * address; no answer of these routes says anything about another student.
 */
export function studentRoutes(deps: Deps) {
	const windows = createStudentWindows(deps);
	const budget = createGuessBudget(deps.clock);

	async function access(link: string, typed: string) {
		return checkCode(deps, await windows.find(link), { typed, budget });
	}

	return new Hono<AppEnv>()
		.get(
			'/:link',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('query', languageQuery),
			async (c) => {
				const window = await windows.find(c.req.valid('param').link);
				const { language } = c.req.valid('query');
				return c.json(presentWelcome(window, language, { now: deps.clock() }), 200);
			},
		)
		.post(
			'/:link/start',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('json', startBody),
			async (c) => {
				const { link } = c.req.valid('param');
				const { code, language, isChosen } = c.req.valid('json');
				// Whoever could not finish should not begin.
				const window = await windows.find(link);
				requireOpen(deps, window);
				await sealingKey(deps, window);
				const { access: student, outcome } = await changeDraft(deps, {
					read: () => access(link, code),
					change: (found, draft) => ({
						draft:
							language && (isChosen || found.draft === undefined)
								? { ...draft, language: offeredLanguage(found.window, language) }
								: draft,
					}),
				});
				const next = resumeStep(placeOf(deps, student, outcome.draft));
				const started: StartResult = { code: shownCode(student), next };
				return c.json(started, 200);
			},
		)
		.get(
			'/:link/steps/:step',
			authorise('student:answer'),
			valid('param', stepParam),
			valid('query', stepQuery),
			async (c) => {
				const { link, step } = c.req.valid('param');
				const student = await access(link, typedCode(c));
				const draft = student.draft ?? newDraft(deps, student.window);
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
				const { values, intent, from, language, isAskedAgain } = c.req.valid('json');
				const { outcome } = await changeDraft(deps, {
					read: () => access(link, typedCode(c)),
					change: (student, draft) =>
						takePage(placeOf(deps, student, draft), {
							step,
							values,
							intent,
							isAskedAgain,
							from: from ?? null,
							language: language ? offeredLanguage(student.window, language) : null,
						}),
				});
				const result: SaveResult =
					outcome.type === 'saved'
						? { type: 'saved', next: outcome.next }
						: { type: 'refused', problem: outcome.problem };
				return c.json(result, 200);
			},
		)
		.post(
			'/:link/finish',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('json', finishBody),
			async (c) => {
				const sidHash = createHash('sha256').update(c.req.valid('json').submissionId).digest();
				await evenly(deps.random, async () => {
					const window = await windows.find(c.req.valid('param').link);
					const student = await findCode(deps, window, { typed: typedCode(c), budget });
					if (!student.ballot.isSpent) {
						requireOpen(deps, window);
					}
					await submitResponse(deps, student, sidHash);
				});
				const result: FinishResult = { isStored: true };
				return c.json(result, 200);
			},
		)
		.get(
			'/:link/thanks',
			authorise('student:answer'),
			valid('param', linkParam),
			valid('query', languageQuery),
			async (c) => {
				const window = await windows.find(c.req.valid('param').link);
				const { language } = c.req.valid('query');
				const at = { now: deps.clock(), origin: originOf(c, deps.config) };
				return c.json(presentThanks(window, language, at), 200);
			},
		);
}

function typedCode(c: AppContext): string {
	return c.req.header('x-access-code') ?? '';
}
