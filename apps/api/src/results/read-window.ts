import type { Nest } from '@throughline/analysis/disclosure';
import { listResponsePage } from '@throughline/db/queries/excerpt';
import { findResultsWindow, listOrigins, listSitesOf } from '@throughline/db/queries/results';
import type { Schema, SiteLevel } from '@throughline/db/schema';
import { compileSurvey, type Survey, surveyDefinitionSchema } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { AppError, notFound } from '../errors.ts';
import { type Groups, groupsOf, nestsOf, type Origin } from './attributes.ts';
import { addResponse, emptyTally, addPerson, questionTallies, type Tally } from './count.ts';

const PAGE = 1000;
const MAX_REMEMBERED = 20;

/** An opened window, counted. Nothing of it may leave `src/results` unprotected. */
export interface CountedWindow {
	engagementId: string;
	/** The engagement in addresses of pages. */
	slug: string;
	windowId: string;
	label: string;
	minN: number;
	quoteK: number;
	opensAt: Date;
	closesAt: Date;
	timezone: string;
	schoolYear: string;
	survey: Survey;
	surveyHash: string;
	sites: { key: string; name: string; level: SiteLevel; has_sro: boolean }[];
	/** Closed questions by id. */
	questions: Map<string, Tally>;
	/** Everyone who took part: one option, chosen by all. */
	everyone: Tally;
	originOf: (cohortId: string) => Origin;
	/** Which groups make up others. */
	nests: Nest[];
}

export interface ResultsReader {
	/** @throws AppError when the window does not exist or is not opened yet. */
	read(key: { engagementId: string; windowId: string }): Promise<CountedWindow>;
}

/**
 * Counts an opened window once and remembers it: its responses never change after opening. What
 * its schools are called may change, and is read each time. The memory is a cache only; another
 * process counts for itself.
 */
export function createResultsReader(db: Kysely<Schema>): ResultsReader {
	const remembered = new Map<string, Promise<CountedWindow>>();
	return {
		async read(key) {
			const name = `${key.engagementId}:${key.windowId}`;
			const known = remembered.get(name);
			if (known) {
				const window = await known;
				const named = nameSites(window, await listSitesOf(db, key));
				if (named !== window) {
					remembered.set(name, Promise.resolve(named));
				}
				return named;
			}
			if (remembered.size >= MAX_REMEMBERED) {
				remembered.clear();
			}
			const counted = countWindow(db, key);
			remembered.set(name, counted);
			counted.catch(() => remembered.delete(name));
			return counted;
		},
	};
}

/** The window with its schools as they are called now; the same one where none was renamed. Pure. */
function nameSites(
	window: CountedWindow,
	now: readonly { key: string; name: string }[],
): CountedWindow {
	const names = new Map(now.map((site) => [site.key, site.name]));
	const isCalledSo = window.sites.every(({ key, name }) => (names.get(key) ?? name) === name);
	return isCalledSo
		? window
		: {
				...window,
				sites: window.sites.map((site) => ({ ...site, name: names.get(site.key) ?? site.name })),
			};
}

/** The groups of one response of a counted window. */
export function responseGroups(
	window: CountedWindow,
	response: { cohortId: string; answers: Parameters<typeof groupsOf>[1] },
): Groups {
	return groupsOf(window.survey, response.answers, window.originOf(response.cohortId));
}

async function countWindow(
	db: Kysely<Schema>,
	key: { engagementId: string; windowId: string },
): Promise<CountedWindow> {
	const row = await findResultsWindow(db, key);
	if (!row) {
		throw notFound();
	}
	if (row.status !== 'opened') {
		throw new AppError(
			'window_not_opened',
			409,
			'There are no results before the window has closed and its answers were opened.',
		);
	}
	const origins = new Map(
		(await listOrigins(db, key)).map((origin): [string, Origin] => [
			origin.id,
			{ siteKey: origin.site_key, level: origin.level, grade: origin.grade },
		]),
	);
	const survey = compileSurvey(surveyDefinitionSchema.parse(row.definition));
	const sites = await listSitesOf(db, key);
	const window: CountedWindow = {
		...key,
		slug: row.slug,
		label: row.label,
		minN: row.min_n,
		quoteK: row.quote_k,
		opensAt: row.opens_at,
		closesAt: row.closes_at,
		timezone: row.timezone,
		schoolYear: row.school_year,
		survey,
		surveyHash: row.definition_hash,
		sites,
		questions: questionTallies(survey),
		everyone: emptyTally('everyone', ['took_part'], true),
		originOf: (cohortId) => origins.get(cohortId) ?? { siteKey: null, level: null, grade: null },
		nests: nestsOf(sites, [...origins.values()]),
	};
	await countResponsesOf(db, window);
	return window;
}

async function countResponsesOf(db: Kysely<Schema>, window: CountedWindow): Promise<void> {
	const everyone = new Set(['took_part']);
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listResponsePage>> = await listResponsePage(db, {
			engagementId: window.engagementId,
			windowId: window.windowId,
			after,
			limit: PAGE,
		});
		for (const response of page) {
			const groups = responseGroups(window, response);
			addResponse(window.questions, response.answers, groups);
			addPerson(window.everyone, everyone, groups);
		}
		const last = page.at(-1);
		if (!last || page.length < PAGE) {
			return;
		}
		after = last.id;
	}
}
