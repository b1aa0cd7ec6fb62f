import { missingPart } from '../../../../../missing.ts';
import type { RequestHandler } from './$types.js';

/** The file of a chart, as the API makes it from the frozen release. */
export const GET: RequestHandler = async ({ fetch, locals, params }) => {
	const [slug, release, chart] = [params.slug, params.release, params.chart].map(
		encodeURIComponent,
	);
	const response = await fetch(
		`/api/public/engagements/${slug}/releases/${release}/charts/${chart}/csv?language=${locals.language}`,
	);
	if (response.status === 404 || response.status === 422) {
		missingPart();
	}
	const kept = ['content-type', 'content-disposition'];
	const headers = new Headers(
		kept.map((name): [string, string] => [name, response.headers.get(name) ?? '']),
	);
	if (response.ok) {
		headers.set('cache-control', 'public, max-age=300');
	}
	return new Response(response.body, { status: response.status, headers });
};
