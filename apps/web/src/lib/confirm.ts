import type { RequestEvent } from '@sveltejs/kit';
import { api, ApiProblem } from './api.ts';

/** The field a confirmation is sent in, beside those of the form it is for. */
export const CONFIRMATION_FIELD = 'confirmationCode';

/** A form as it was sent, with its code where it was confirmed. */
export interface PostedForm {
	fields: [name: string, value: string][];
	/** Why the code that came with it was not taken. */
	codeProblem: string | null;
}

/** What to send again once the person has confirmed that it is them. */
export interface Unconfirmed {
	action: string;
	/** Null for a page that was only opened. */
	fields: [name: string, value: string][] | null;
	codeProblem: string | null;
}

/**
 * Reads the form a page of the team was sent, before its action does. With a code in it, the code
 * is proved first: the action then finds the person confirmed, and does what was asked for.
 */
export async function readPosted(event: RequestEvent): Promise<PostedForm | undefined> {
	const type = event.request.headers.get('content-type') ?? '';
	if (event.request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) {
		return undefined;
	}
	const form = await event.request.clone().formData();
	const code = form.get(CONFIRMATION_FIELD);
	const fields = [...form]
		.filter(([name]) => name !== CONFIRMATION_FIELD)
		.map(([name, value]): [string, string] => [name, String(value)]);
	return {
		fields,
		codeProblem: code === null ? null : await proveCode(event, String(code)),
	};
}

async function proveCode(event: RequestEvent, code: string): Promise<string | null> {
	try {
		await api(event.fetch).post('/api/session/second-factor/proof', { code });
		return null;
	} catch (error) {
		if (error instanceof ApiProblem && error.status < 500) {
			return error.fields['code'] ?? error.message;
		}
		throw error;
	}
}

/** What the page that asks for a confirmation sends on. */
export function unconfirmed(event: RequestEvent): Unconfirmed {
	const { posted } = event.locals;
	return {
		action: event.url.pathname + event.url.search,
		fields: event.request.method === 'POST' ? (posted?.fields ?? []) : null,
		codeProblem: posted?.codeProblem ?? null,
	};
}

/** A page of our own to go on to, or `/team` for anything else. */
export function ownPath(given: string | null): string {
	return given !== null && /^\/(team|dialogs)(?![\w.-])[^\\]*$/.test(given) ? given : '/team';
}
