import type { SaveResult } from '@throughline/api/client';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ApiProblem } from '#lib/api.ts';
import { languageOf } from '#lib/i18n/languages.ts';
import { dropCode, keepCode, readCode } from '../../code-cookie.ts';
import { donePath, startPath, stepPath } from '../../paths.ts';
import { studentApi } from '../../student-api.ts';
import type { Actions, PageServerLoad } from './$types';
import { readPage, type FormPage } from './read-page.ts';

type Event = RequestEvent<{ link: string; step: string }>;

/** Before a page is sent again, unless the API said when. */
const USUAL_WAIT_S = 10;

export const load: PageServerLoad = async (event) => {
	const { params, locals, fetch, request } = event;
	const code = readCode(event);
	if (locals.isHeld) {
		const survey = studentApi(fetch, { link: params.link, code });
		const welcome = await survey.welcome(locals.language).catch(() => null);
		return { type: 'held' as const, language: locals.language, welcome };
	}
	if (code === null) {
		if (request.method !== 'POST') {
			redirect(303, startPath(params.link, { isOut: true }));
		}
		// The action has kept what was sent; the page asks for the code.
		const survey = studentApi(fetch, { link: params.link, code });
		const welcome = await survey.welcome(locals.language).catch(noWelcome);
		return { type: 'away' as const, language: locals.language, welcome };
	}
	const from = fromOf(event);
	const survey = studentApi(fetch, { link: params.link, code });
	const step = await survey.step(params.step, from).catch((error: unknown) => {
		throw sendOut(event, error);
	});
	if (step.kind === 'moved') {
		redirect(303, stepPath(params.link, step.next));
	}
	locals.language = languageOf(step.language);
	return { type: 'step' as const, language: locals.language, step };
};

export const actions: Actions = {
	default: async (event) => {
		const page = readPage(await event.request.formData());
		event.locals.language = page.shownIn;
		const code = readCode(event);
		if (code === null) {
			return await sendAgain(event, page);
		}
		keepCode(event, code);
		return await sendPage(event, code, { page });
	},
};

/**
 * A page that keeps what was written is shown without the survey's title rather than not at all.
 * @throws when the survey is closed: nothing could be sent from that page.
 */
function noWelcome(error: unknown): null {
	if (error instanceof ApiProblem && error.code === 'survey_not_open') {
		throw error;
	}
	return null;
}

/** Takes the page to the API, and the student on to the next one; or keeps it, to be sent again. */
async function sendPage(event: Event, code: string, { page }: { page: FormPage }) {
	try {
		return await takePage(event, code, { page });
	} catch (error) {
		if (error instanceof ApiProblem && error.status >= 500) {
			return hold(event, error, { page });
		}
		throw sendOut(event, error);
	}
}

async function takePage(event: Event, code: string, { page }: { page: FormPage }) {
	const { params, fetch } = event;
	const survey = studentApi(fetch, { link: params.link, code });
	if (page.submissionId !== '' && page.intent === 'continue') {
		await survey.finish(page.submissionId);
		dropCode(event);
		redirect(303, donePath(params.link, page.shownIn));
	}
	const from = fromOf(event);
	const { values, intent, language, isAskedAgain } = page;
	const result = await survey
		.save(params.step, {
			values,
			intent,
			isAskedAgain,
			...(language !== null && { language }),
			...(from && { from }),
		})
		.catch((error: unknown) => tooLarge(error, values));
	if (result.type === 'refused') {
		return fail(422, { refused: { values, problem: result.problem } });
	}
	redirect(303, stepPath(params.link, result.next, from));
}

/**
 * A page that comes without a code was open for too long. What was written on it is not lost: the
 * page asks for the code and sends it again with it.
 */
async function sendAgain(event: Event, page: FormPage) {
	const { params, fetch } = event;
	if (page.values.every((value) => value === '')) {
		redirect(303, startPath(params.link, { isOut: true, language: page.shownIn }));
	}
	const { values } = page;
	if (page.code === null) {
		return fail(401, { away: { values, codeProblem: null, typed: '' } });
	}
	const survey = studentApi(fetch, { link: params.link, code: null });
	const typed = page.code.slice(0, 100);
	try {
		const { code } = await survey.start({ code: typed });
		keepCode(event, code);
		return await sendPage(event, code, { page });
	} catch (error) {
		if (error instanceof ApiProblem && error.code !== 'survey_not_open') {
			return fail(error.status, { away: { values, codeProblem: error.code, typed } });
		}
		throw sendOut(event, error);
	}
}

/** The page comes back with everything that was on it: without script a browser would forget it. */
function hold(event: Event, { status, code }: ApiProblem, { page }: { page: FormPage }) {
	event.locals.isHeld = true;
	const seconds = Number(event.locals.retryAfter ?? USUAL_WAIT_S);
	const { values, intent, isAskedAgain, submissionId, language } = page;
	const kept = { values, intent, isAskedAgain, submissionId, language };
	return fail(status, { held: { page: kept, code, seconds } });
}

/**
 * An answer longer than a request may be is an answer that is too long.
 * @throws whatever else it was.
 */
function tooLarge(error: unknown, values: string[]): SaveResult {
	const code = error instanceof ApiProblem ? error.code : '';
	if (code === 'draft_too_large') {
		return { type: 'refused', problem: { code, params: {} } };
	}
	if (code !== 'body_too_large') {
		throw error;
	}
	const length = values.reduce((total, value) => total + [...value].length, 0);
	return { type: 'refused', problem: { code: 'too_long', params: { length } } };
}

/** A code that does not work here any more is forgotten, and the student sent to the first page. */
function sendOut(event: Event, error: unknown): unknown {
	const codes = ['code_unknown', 'code_unreadable', 'code_used', 'survey_not_open'];
	if (!(error instanceof ApiProblem) || !codes.includes(error.code)) {
		return error;
	}
	dropCode(event);
	// Only a page that was sent says which language it was in.
	const language = event.request.method === 'POST' && { language: event.locals.language };
	try {
		return redirect(303, startPath(event.params.link, { isOut: true, ...language }));
	} catch (sent) {
		return sent;
	}
}

function fromOf({ url }: Event): 'check' | null {
	return url.searchParams.get('from') === 'check' ? 'check' : null;
}
