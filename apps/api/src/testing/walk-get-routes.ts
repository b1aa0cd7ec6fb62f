import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { attributeIds } from '../results/attributes.ts';
import type { testApp } from './test-app.ts';

type TestApp = ReturnType<typeof testApp>;

/** An address that can be asked for, and the route it belongs to. */
export interface Address {
	route: string;
	path: string;
}

export interface Answer extends Address {
	status: number;
	text: string;
}

/** How many rows of one kind are enough to walk over. */
const SOME = 40;

/**
 * Every address the sample has an answer for: each GET route, its parameters filled with what is
 * stored. Requests are made as whoever is signed in, who should be let in everywhere.
 * @throws Error for a parameter nobody said the values of.
 */
export async function listAddresses(sut: TestApp, engagementId: string): Promise<Address[]> {
	const values = await parameterValues(sut.deps.db, engagementId);
	const addresses = getRoutes(sut).flatMap((route) => fill(route, values));
	const charts = await chartAddresses(sut, engagementId);
	return [...addresses, ...charts].filter(({ path }) => !path.includes(':'));
}

/** Asks for each address and gives what came back, as text. */
export async function askAll(sut: TestApp, addresses: readonly Address[]): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (const address of addresses) {
		const response = await sut.app.request(address.path);
		answers.push({ ...address, status: response.status, text: await response.text() });
	}
	return answers;
}

/** The paths of every GET route, the sign-in library's own left out. */
export function getRoutes({ app }: Pick<TestApp, 'app'>): string[] {
	const paths = app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
	return [...new Set(paths)].filter((path) => !path.includes('*')).sort();
}

/** Charts are found from the results and releases themselves: `chartId` and `chart` stay as they are. */
const LATER = ['chartId', 'chart'];

function fill(route: string, values: Record<string, string[]>): Address[] {
	const names = [...route.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
	let paths = [route];
	for (const name of names.filter((candidate) => !LATER.includes(candidate))) {
		const known = values[name];
		if (known === undefined) {
			throw new Error(`${route}: say in walk-get-routes.ts what :${name} may be.`);
		}
		paths = paths.flatMap((path) => known.map((value) => path.replace(`:${name}`, value)));
	}
	return paths.map((path) => ({ route, path }));
}

async function parameterValues(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<Record<string, string[]>> {
	const ids = async (
		table:
			| 'survey_version'
			| 'survey_window'
			| 'release'
			| 'quote'
			| 'finding'
			| 'recommendation'
			| 'row_export'
			| 'transcript',
	) => {
		const rows = await db
			.selectFrom(table)
			.select('id')
			.where('engagement_id', '=', engagementId)
			.orderBy('id')
			.limit(SOME)
			.execute();
		return rows.map(({ id }) => id);
	};
	const undecided = await db
		.selectFrom('excerpt')
		.select('id')
		.where('engagement_id', '=', engagementId)
		.orderBy('queue_position')
		.limit(SOME)
		.execute();
	const decided = await db
		.selectFrom('excerpt_decision')
		.select('excerpt_id as id')
		.distinct()
		.orderBy('excerpt_id')
		.limit(SOME)
		.execute();
	const themes = await db.selectFrom('theme').select('key').orderBy('key').execute();
	const links = await db.selectFrom('survey_window').select('link_key').execute();
	const dialogs = await db
		.selectFrom('dialog_session')
		.select('id')
		.where('engagement_id', '=', engagementId)
		.orderBy('id')
		.limit(SOME)
		.execute();
	const engagements = await db.selectFrom('engagement').select('slug').execute();
	const sites = await db.selectFrom('site').select('id').orderBy('id').limit(SOME).execute();
	const releases = await db.selectFrom('release').select('slug').orderBy('slug').execute();
	return {
		engagementId: [engagementId],
		versionId: await ids('survey_version'),
		windowId: await ids('survey_window'),
		releaseId: await ids('release'),
		quoteId: await ids('quote'),
		findingId: await ids('finding'),
		recommendationId: await ids('recommendation'),
		siteId: sites.map(({ id }) => id),
		exportId: await ids('row_export'),
		sessionId: dialogs.map(({ id }) => id),
		transcriptId: await ids('transcript'),
		// No sample session kept its sound.
		recordingId: [],
		excerptId: [...undecided, ...decided].map(({ id }) => id),
		key: themes.map(({ key }) => key),
		link: links.map(({ link_key }) => link_key),
		slug: engagements.map(({ slug }) => slug),
		release: releases.map(({ slug }) => slug),
		step: ['notice', 'check', 'S01'],
	};
}

/** Results by each attribute, and every chart they and the releases hold, as JSON and as CSV. */
async function chartAddresses(sut: TestApp, engagementId: string): Promise<Address[]> {
	const { db } = sut.deps;
	const windows = await db
		.selectFrom('survey_window')
		.select('id')
		.where('status', '=', 'opened')
		.execute();
	const found: Address[] = [];
	for (const { id } of windows) {
		const route = '/api/engagements/:engagementId/results/:windowId';
		const path = `/api/engagements/${engagementId}/results/${id}`;
		for (const by of [null, ...attributeIds]) {
			const address = { route, path: by === null ? path : `${path}?by=${by}` };
			const [answer] = await askAll(sut, [address]);
			found.push(
				address,
				...chartIds(answer?.text ?? '{}').flatMap((chart) => [
					{ route: `${route}/charts/:chartId`, path: `${path}/charts/${chart}` },
					{ route: `${route}/charts/:chartId/csv`, path: `${path}/charts/${chart}/csv` },
				]),
			);
		}
	}
	const engagement = await db.selectFrom('engagement').select('slug').executeTakeFirstOrThrow();
	const releases = await db.selectFrom('release').select('slug').execute();
	for (const { slug } of releases) {
		const route = '/api/public/engagements/:slug/releases/:release';
		const path = `/api/public/engagements/${engagement.slug}/releases/${slug}`;
		const [answer] = await askAll(sut, [{ route, path }]);
		for (const chart of chartIds(answer?.text ?? '{}')) {
			found.push({
				route: `${route}/charts/:chart/csv`,
				path: `${path}/charts/${chart}/csv`,
			});
		}
	}
	return found;
}

/** The ids of every chart in an answer, wherever it stands. */
function chartIds(text: string): string[] {
	const found = new Set<string>();
	const look = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) {
			return;
		}
		if ('kind' in value && 'csvUrl' in value && 'id' in value && typeof value.id === 'string') {
			found.add(value.id);
		}
		Object.values(value).forEach(look);
	};
	look(JSON.parse(text));
	return [...found];
}
