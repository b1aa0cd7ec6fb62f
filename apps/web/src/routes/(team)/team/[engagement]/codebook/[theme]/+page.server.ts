import { error, fail, redirect } from '@sveltejs/kit';
import type { CodebookView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const codebook = await api(fetch).get<CodebookView>(`${apiPath}/codebook`);
	const theme = codebook.groups
		.flatMap(({ themes }) => themes)
		.find(({ id }) => id === params.theme);
	if (!theme || !codebook.canEdit) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	return { theme };
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const words = (name: string) => String(form.get(name) ?? '');
		const values = {
			label: words('label'),
			definition: words('definition'),
			include: words('include'),
			exclude: words('exclude'),
			examples: words('examples'),
		};
		const { apiPath, engagement } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).put(`${apiPath}/codebook/themes/${encodeURIComponent(params.theme)}`, {
				...values,
				include: linesOf(values.include),
				exclude: linesOf(values.exclude),
				examples: linesOf(values.examples),
			});
		} catch (problem) {
			const { status, ...rest } = formProblem(problem);
			const fields = Object.fromEntries(
				Object.entries(rest.fields).map(([path, message]) => [path.split('.')[0] ?? path, message]),
			);
			return fail(status, { values, problem: { ...rest, fields } });
		}
		redirect(303, `/team/${engagement.slug}/codebook?saved`);
	},
};

function linesOf(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}
