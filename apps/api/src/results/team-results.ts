import type { ReleaseTable } from '@throughline/analysis/disclosure';
import { listThemes, readCodingCoverage, readCodingStamp } from '@throughline/db/queries/results';
import { listEnrollment } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import { type AttributeId, attributeIds } from './attributes.ts';
import { type ChartFacts, chartInputs } from './charts/chart-facts.ts';
import { chartId, type ChartKind, parseChartId, resultQuestions } from './charts/chart-id.ts';
import { ALL_OPEN, readCodings } from './count-themes.ts';
import { readKnownRates } from './known-rates.ts';
import { protectTogether } from './protect-together.ts';
import type { CountedWindow, ResultsReader } from './read-window.ts';

type Theme = Awaited<ReturnType<typeof listThemes>>[number];

type TeamFacts = Omit<ChartFacts, 'themes'> & { themes: readonly Theme[] };

/** All that the team may look at of a window, as coding stands now. */
export interface TeamResults {
	facts: TeamFacts;
	/** Protected together: a member can put all breakdowns of a question side by side. */
	tables: readonly ReleaseTable[];
	/** Attributes of which at least one group is shown anywhere. */
	attributes: readonly AttributeId[];
}

export interface TeamReader {
	/**
	 * @throws AppError when the window does not exist, is not opened yet, or was answered by fewer
	 * people than any figure may stand on.
	 */
	read(key: { engagementId: string; windowId: string }): Promise<TeamResults>;
}

/**
 * Counts and protects a window for the team, once per state of its codings. The memory is a cache
 * only; another process protects for itself and finds the same.
 */
export function createTeamReader(db: Kysely<Schema>, results: ResultsReader): TeamReader {
	const remembered = new WeakMap<CountedWindow, { stamp: string; made: Promise<TeamResults> }>();
	return {
		async read(key) {
			const window = await results.read(key);
			if (window.everyone.total.n < window.minN) {
				throw new AppError(
					'too_few_answered',
					409,
					'Fewer students answered than a figure may stand on, so nothing of this survey can be shown.',
				);
			}
			const now = await readSource(db, window);
			const known = remembered.get(window);
			if (known?.stamp === now.stamp) {
				return known.made;
			}
			const made = protectWindow(db, window, now);
			remembered.set(window, { stamp: now.stamp, made });
			made.catch(() => remembered.delete(window));
			return made;
		},
	};
}

/** The same results for everything one request shows: each window is looked at once. */
export function oneLook(team: TeamReader): TeamReader {
	const seen = new Map<string, Promise<TeamResults>>();
	return {
		read(key) {
			const name = `${key.engagementId}:${key.windowId}`;
			const known = seen.get(name) ?? team.read(key);
			seen.set(name, known);
			return known;
		},
	};
}

/** Every chart the team may ask for: each question and the themes, over everyone and by attribute. */
export function isTeamChart(window: CountedWindow, id: string): boolean {
	const kind = parseChartId(window.survey, id);
	switch (kind?.type) {
		case 'question':
			return resultQuestions(window.survey).some((question) => question.id === kind.questionId);
		case 'themes':
			return kind.questionId === ALL_OPEN;
		case 'participation':
		case 'statements':
			return true;
		case undefined:
			return false;
	}
}

/** What is read anew for each request, small as it is, with a stamp that changes when it does. */
async function readSource(db: Kysely<Schema>, window: CountedWindow) {
	const enrollment = await listEnrollment(db, window.engagementId);
	const themes = await listThemes(db, window.engagementId);
	const coverage = await readCodingCoverage(db, window);
	const codings = await readCodingStamp(db, window);
	const rates = await readKnownRates(db, window);
	const stamp = JSON.stringify([enrollment, themes, coverage, codings, rates]);
	return { enrollment, themes, coverage, rates, stamp };
}

async function protectWindow(
	db: Kysely<Schema>,
	window: CountedWindow,
	source: Omit<TeamFacts, 'window' | 'codings'>,
): Promise<TeamResults> {
	const { enrollment, themes, coverage, rates } = source;
	const codings = await readCodings(db, window, themes);
	const facts: TeamFacts = { window, enrollment, themes, coverage, codings, rates };
	const { participation } = chartInputs(facts, chartId({ type: 'participation' }));
	const { tables, audit } = await protectTogether(
		{
			participation,
			results: teamKinds(window).flatMap((kind) => chartInputs(facts, chartId(kind)).results),
			counts: [],
			earlier: [rates],
		},
		{ minN: window.minN, nests: window.nests },
	);
	if (!audit.ok) {
		const where = audit.problems.map(({ table, cell }) => `${table}: ${cell}`).join('; ');
		throw new Error(`Tables of window ${window.windowId} cannot be protected: ${where}`);
	}
	return { facts, tables, attributes: attributeIds.filter((id) => isShownIn(tables, id)) };
}

function teamKinds(window: CountedWindow): ChartKind[] {
	const questions = resultQuestions(window.survey);
	return [null, ...attributeIds]
		.flatMap((by): ChartKind[] => [
			...questions.map(({ id }) => ({ type: 'question' as const, questionId: id, by })),
			{ type: 'themes', questionId: ALL_OPEN, by },
		])
		.filter((kind) => parseChartId(window.survey, chartId(kind)) !== null);
}

function isShownIn(tables: readonly ReleaseTable[], attribute: AttributeId): boolean {
	return tables.some(
		(table) =>
			table.kind === 'results' && table.attributeId === attribute && table.isBreakdownShown,
	);
}
