import { instantOf } from '@throughline/db/queries/survey-window';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { formatCode } from '../../ballot/code.ts';
import { openEnvelopes } from '../../actions/open-envelopes.ts';
import type { Deps } from '../../deps.ts';
import { localDate } from '../../presenters/local-time.ts';
import { generateResponses, type SampleResponse } from '../generate.ts';
import { readSample, type SampleEngagement } from '../read-sample.ts';
import { loadCodebook } from './load-codebook.ts';
import { excerptFinder, loadCodings } from './load-codings.ts';
import { loadDecisions } from './load-decisions.ts';
import { loadDialogEvidence } from './load-dialog-evidence.ts';
import { type LoadedDialogs, loadDialogs } from './load-dialogs.ts';
import { loadPeople } from './load-people.ts';
import { idOf, loadPlaces } from './load-places.ts';
import { loadRelease } from './load-release.ts';
import { loadSurveys } from './load-surveys.ts';
import {
	createSampleWindow,
	type Loading,
	makeSampleCodes,
	type SampleWindow,
	sealSampleResponses,
	someCodes,
} from './load-windows.ts';

/** The same sample on every machine. */
const SEED = 20_260_607;
const DOUBLE_CODED = 300;
const DAY = 24 * 60 * 60 * 1000;
const OPEN_LINK = 'follow-up';

/** What a newcomer needs from the sample: where to answer, and a few codes to answer with. */
export interface LoadedSample {
	engagementId: string;
	/** The link key and unused codes of the window that is open now. */
	open: { linkKey: string; codes: string[] };
	/** A slip of somebody quoted from a dialog session. */
	slip: { session: string; code: string };
}

/** Whether this database holds an engagement already. */
export async function isEmpty(db: Kysely<Schema>): Promise<boolean> {
	const row = await db.selectFrom('engagement').select('id').limit(1).executeTakeFirst();
	return row === undefined;
}

/**
 * Loads the fictional engagement into an empty database: the winter window is answered through
 * sealed envelopes and opened as any window is; its answers are coded, quoted and decided on. A
 * second window is open now.
 * @param onStep is told what is being loaded.
 */
export async function loadSample(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>,
	onStep: (step: string) => void = () => undefined,
): Promise<LoadedSample> {
	const { db } = deps;
	const sample = readSample();
	onStep('district, sites and people');
	const places = await loadPlaces(db, { random: deps.random, sample });
	const people = await loadPeople(db, { random: deps.random, sample, places });
	const surveys = await loadSurveys(db, {
		engagementId: places.engagementId,
		publishedBy: personWith(sample, people, 'administrator'),
		random: deps.random,
		clock: deps.clock,
	});
	const loading: Loading = { deps, sample, places, surveys };

	onStep('dialog sessions');
	const dialogs = await loadDialogs(deps, { sample, places, people });
	onStep('1,400 synthetic responses');
	const winter = await loadWinter(deps, loading);
	onStep('codebook, codings, findings and recommendations');
	const themeIds = await loadJudgements(deps, loading, { winter, people });
	onStep('a frozen release');
	await loadRelease(deps, {
		engagementId: places.engagementId,
		windowId: winter.windowId,
		steward: personWith(sample, people, 'data_steward'),
		secondApprover: personWith(sample, people, 'administrator'),
	});
	onStep('words of dialog sessions, coded and quoted');
	const [a = '', b = ''] = idsWith(sample, people, 'coder');
	await loadDialogEvidence(deps, {
		engagementId: places.engagementId,
		sample,
		dialogs,
		themeIds,
		coderIds: { a, b },
		author: personWith(sample, people, 'advisory_member'),
		clearer: personWith(sample, people, 'data_steward'),
	});
	onStep('an open survey with codes');
	return {
		engagementId: places.engagementId,
		open: await loadFollowUp(db, loading),
		slip: slipOf(dialogs, sample.dialogEvidence.slip),
	};
}

interface Winter {
	windowId: string;
	responses: SampleResponse[];
}

async function loadWinter(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>,
	loading: Loading,
): Promise<Winter> {
	const plan = loading.sample.engagement.windows.find((window) => window.state === 'opened');
	const survey = plan && loading.surveys.surveys.get(plan.survey)?.survey;
	if (!plan || !survey) {
		throw new Error('The sample has no window to open.');
	}
	const { sites, phrases, connectors } = loading.sample;
	const responses = generateResponses({
		seed: SEED,
		count: plan.responses,
		survey,
		sites,
		phrases,
		connectors,
	});
	const window: SampleWindow = {
		id: deps.random.uuid7(),
		label: plan.label,
		linkKey: plan.key,
		surveyKey: plan.survey,
		status: 'closed',
		opensAt: new Date(`${plan.opensOn}T14:00:00Z`),
		closesAt: new Date(`${plan.closesOn}T22:00:00Z`),
	};
	const cohortIds = await createSampleWindow(deps.db, loading, window);
	const codes = await makeSampleCodes(deps.db, loading, { windowId: window.id, cohortIds });
	await sealSampleResponses(deps.db, loading, { window, cohortIds, codes, responses });
	await openEnvelopes(deps, { engagementId: loading.places.engagementId, windowId: window.id });
	return { windowId: window.id, responses };
}

async function loadJudgements(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	loading: Loading,
	{ winter, people }: { winter: Winter; people: Map<string, string> },
): Promise<Map<string, string>> {
	const { db } = deps;
	const { sample, places } = loading;
	const { engagementId } = places;
	const themeIds = await loadCodebook(db, { engagementId, random: deps.random, sample });
	const excerpts = await db
		.selectFrom('excerpt')
		.select(['id', 'text', 'question_id as questionId'])
		.where('engagement_id', '=', engagementId)
		.orderBy('queue_position')
		.execute();
	const names = Object.values(sample.phrases).flatMap((all) =>
		all.flatMap((phrase) => phrase.names ?? []),
	);
	const { responses } = winter;
	const excerptOf = excerptFinder(excerpts, { responses, names: [...new Set(names)].sort() });
	const [a, b] = idsWith(sample, people, 'coder');
	if (a === undefined || b === undefined) {
		throw new Error('The sample needs two coders.');
	}
	const codings = await loadCodings(db, {
		deps,
		engagementId,
		sample,
		responses,
		excerptOf,
		coderIds: { a, b },
		themeIds,
		seed: SEED,
		count: DOUBLE_CODED,
	});
	await loadDecisions(db, {
		deps,
		codings,
		engagementId,
		windowId: winter.windowId,
		sample,
		responses,
		excerptOf,
		themeIds,
		author: personWith(sample, people, 'advisory_member'),
		clearers: [a, personWith(sample, people, 'data_steward')],
	});
	return themeIds;
}

async function loadFollowUp(db: Kysely<Schema>, loading: Loading): Promise<LoadedSample['open']> {
	const plan = loading.sample.engagement.windows.find((window) => window.state === 'open');
	if (plan?.state !== 'open') {
		throw new Error('The sample has no open window.');
	}
	const now = loading.deps.clock().getTime();
	const { timezone } = loading.sample.district;
	const lastDay = new Date(now + plan.closesDaysFromNow * DAY);
	const window: SampleWindow = {
		id: loading.deps.random.uuid7(),
		label: plan.label,
		linkKey: OPEN_LINK,
		surveyKey: plan.survey,
		status: 'open',
		opensAt: new Date(now + plan.opensDaysFromNow * DAY),
		closesAt: await instantOf(db, `${localDate(lastDay, timezone)}T23:59`, timezone),
	};
	const cohortIds = await createSampleWindow(db, loading, window);
	const codes = await makeSampleCodes(db, loading, { windowId: window.id, cohortIds });
	const places = ['gph:10', 'trh:11', 'hbm:8', 'bhm:6'].map((place) => idOf(cohortIds, place));
	return { linkKey: window.linkKey, codes: someCodes(codes, places) };
}

function slipOf(
	dialogs: LoadedDialogs,
	{ session, seat }: SampleEngagement['dialogEvidence']['slip'],
): LoadedSample['slip'] {
	return {
		session: dialogs.sessions.get(session)?.slipCode ?? '',
		code: formatCode(dialogs.held.get(session)?.slips.get(seat) ?? ''),
	};
}

function idsWith(sample: SampleEngagement, people: Map<string, string>, role: string): string[] {
	return sample.people
		.filter((person) => person.role === role)
		.map((person) => idOf(people, person.key));
}

function personWith(sample: SampleEngagement, people: Map<string, string>, role: string): string {
	const [first] = idsWith(sample, people, role);
	if (first === undefined) {
		throw new Error(`The sample has nobody with the role ${role}.`);
	}
	return first;
}
