import type { OwnSessionsView, SecondFactorView } from '@throughline/api/client';
import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

const OWN = '/api/session/own';
const minutes = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const load: PageServerLoad = async ({ fetch }) => {
	const now = Date.now();
	const { sessions } = await api(fetch).get<OwnSessionsView>(OWN);
	return {
		second: await api(fetch).get<SecondFactorView>('/api/session/second-factor'),
		sessions: sessions.map(({ id, isThis, startedAt, lastSeenAt }) => ({
			id,
			isThis,
			began: ago(startedAt, now),
			seen: ago(lastSeenAt, now),
		})),
	};
};

export const actions: Actions = {
	end: async ({ fetch, request }) => {
		const id = String((await request.formData()).get('session') ?? '');
		await api(fetch).delete(`${OWN}/${encodeURIComponent(id)}`);
		redirect(303, '/team/account');
	},
	endAll: async ({ fetch }) => {
		await api(fetch).delete(OWN);
		redirect(303, '/sign-in?out=1');
	},
	renew: async ({ fetch }) => {
		const path = '/api/session/second-factor/recovery-codes';
		return await api(fetch).post<{ recoveryCodes: string[] }>(path);
	},
};

/** In words that need no time zone. */
function ago(time: string, now: number): string {
	return minutes.format(Math.round((Date.parse(time) - now) / 60_000), 'minute');
}
