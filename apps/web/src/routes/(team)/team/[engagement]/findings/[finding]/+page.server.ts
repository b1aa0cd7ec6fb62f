import type { FindingOptions, FindingView } from '@throughline/api/client';
import { fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { likertView } from '#lib/charts/chart-page.ts';
import { mayDecide } from '../../may-decide.ts';
import { openFlags } from '../../flags/open-flags.ts';
import { readTable, writeTable } from '../table-value.ts';
import { changeFinding, moveFinding } from './change-finding.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath, engagement } = await parent();
	const finding = await api(fetch).get<FindingView>(`${apiPath}/findings/${params.finding}`);
	const options = mayDecide(engagement.roles)
		? await api(fetch).get<FindingOptions>(`${apiPath}/findings/options`)
		: null;
	return {
		finding,
		options,
		isNew: url.searchParams.has('made'),
		view: likertView(url),
		address: url.pathname,
		openFlags: await openFlags(fetch, apiPath, { type: 'finding', id: finding.id }),
	};
};

function here({ params }: { params: { engagement: string; finding: string } }): string {
	return `/team/${params.engagement}/findings/${params.finding}`;
}

export const actions: Actions = {
	addTable: async (event) => {
		const form = await event.request.formData();
		const table = readTable(form);
		if (table === null) {
			const message = 'Choose a table first.';
			return fail(422, {
				problem: { status: 422, code: 'invalid_input', message, fields: { tables: message } },
			});
		}
		return changeFinding(event, {
			version: Number(form.get('version')),
			change: (now) => ({ tables: [...now.tables, table] }),
			then: `${here(event)}#tables-heading`,
		});
	},
	removeTable: async (event) => {
		const form = await event.request.formData();
		const gone = [form.get('table'), form.get('breakdown')].join('|');
		return changeFinding(event, {
			version: Number(form.get('version')),
			change: (now) => ({
				tables: now.tables.filter(
					(table) => [writeTable(table), table.breakdown ?? ''].join('|') !== gone,
				),
			}),
			then: `${here(event)}#tables-heading`,
		});
	},
	themes: async (event) => {
		const form = await event.request.formData();
		return changeFinding(event, {
			version: Number(form.get('version')),
			change: () => ({ themeKeys: form.getAll('themeKeys').map(String) }),
			then: `${here(event)}#themes-heading`,
		});
	},
	removeQuote: async (event) => {
		const form = await event.request.formData();
		return changeFinding(event, {
			version: Number(form.get('version')),
			change: (now) => ({ quoteIds: now.quoteIds.filter((id) => id !== form.get('quote')) }),
			then: `${here(event)}#quotes-heading`,
		});
	},
	ready: async (event) => {
		const form = await event.request.formData();
		const version = Number(form.get('version'));
		return moveFinding(event, { version, step: 'ready', then: here(event) });
	},
	draft: async (event) => {
		const version = Number(event.url.searchParams.get('version'));
		return moveFinding(event, { version, step: 'draft', then: here(event) });
	},
	archive: async (event) => {
		const version = Number(event.url.searchParams.get('version'));
		const then = `/team/${event.params.engagement}/findings`;
		return moveFinding(event, { version, step: 'archive', then });
	},
};
