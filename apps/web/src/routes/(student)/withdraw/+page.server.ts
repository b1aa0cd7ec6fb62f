import type { WithdrawalChoices, WithdrawalDone } from '@throughline/api/client';
import { fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { Language } from '#lib/i18n/languages.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

type Choice = WithdrawalDone['choice'];

/** A page is asked for with the two codes each time: nothing is kept between pages. */
interface Typed {
	session: string;
	slip: string;
}

export const load: PageServerLoad = ({ locals }) => ({ language: locals.language });

export const actions: Actions = {
	check: async ({ fetch, request, locals }) => {
		const form = await request.formData();
		const typed = typedIn(form);
		return answer(typed, async () => {
			const { choices } = await check(fetch, typed, locals.language);
			return { step: 'choose' as const, typed, choices, problem: null };
		});
	},
	confirm: async ({ fetch, request, locals }) => {
		const form = await request.formData();
		const typed = typedIn(form);
		return answer(typed, async () => {
			const { choices } = await check(fetch, typed, locals.language);
			const chosen = choices.find(({ choice }) => choice === form.get('choice'));
			return chosen
				? { step: 'confirm' as const, typed, chosen, problem: null }
				: { step: 'choose' as const, typed, choices, problem: 'choose' };
		});
	},
	take: async ({ fetch, request, locals }) => {
		const form = await request.formData();
		const typed = typedIn(form);
		return answer(typed, async () => {
			const done = await api(fetch).post<WithdrawalDone>('/api/withdrawals', {
				...typed,
				language: locals.language,
				// Made from what the page offered; the API checks it.
				choice: String(form.get('choice') ?? '') as Choice,
			});
			return { step: 'done' as const, words: done.words, problem: null };
		});
	},
};

function check(fetch: typeof globalThis.fetch, typed: Typed, language: Language) {
	return api(fetch).post<WithdrawalChoices>('/api/withdrawals/check', { ...typed, language });
}

async function answer<Step>(typed: Typed, work: () => Promise<Step>) {
	try {
		return await work();
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { step: 'slip' as const, typed, problem: problem.code });
	}
}

function typedIn(form: FormData): Typed {
	const read = (name: string) => String(form.get(name) ?? '').slice(0, 100);
	return { session: read('session'), slip: read('slip') };
}
