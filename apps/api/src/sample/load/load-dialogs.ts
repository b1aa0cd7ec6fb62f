import { replaceDuties } from '@throughline/db/queries/dialog-duty';
import { tickGate } from '@throughline/db/queries/dialog-gate';
import { insertDialog } from '@throughline/db/queries/dialog-plan';
import { instantOf } from '@throughline/db/queries/survey-window';
import type { DialogRole } from '@throughline/db/schema';
import { makeSlipCode } from '../../actions/plan-dialog.ts';
import { writeGuide } from '../../actions/import-engagement.ts';
import type { Deps } from '../../deps.ts';
import { localDate } from '../../presenters/local-time.ts';
import type { SampleEngagement } from '../read-sample.ts';
import { type HeldDialog, loadHeldDialog } from './load-dialog-words.ts';
import type { Places } from '../../actions/import-engagement.ts';
import { idOf } from './load-places.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Steps that are done a week ahead; the others wait for the day before and the day itself. */
const DONE_AHEAD = 14;

export interface DialogLoading {
	sample: SampleEngagement;
	places: Places;
	/** The ids of people, by their keys. */
	people: Map<string, string>;
}

/** The sessions that were loaded, by their keys. */
export interface LoadedDialogs {
	guideVersionId: string;
	sessions: Map<string, { id: string; slipCode: string }>;
	/** What was said and agreed to in those that were held. */
	held: Map<string, HeldDialog>;
}

type SampleSession = SampleEngagement['engagement']['dialogSessions'][number];
type Own = Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>;

/**
 * Writes the guide and the dialog sessions: what was planned and prepared, and of those that were
 * held who agreed to what, how many came, and what was said or noted.
 */
export async function loadDialogs(deps: Own, loading: DialogLoading): Promise<LoadedDialogs> {
	const { sample, places } = loading;
	const guideVersionId = await writeGuide(deps.db, deps.random, {
		engagementId: places.engagementId,
		guide: sample.dialogGuide,
	});
	const loaded: LoadedDialogs = { guideVersionId, sessions: new Map(), held: new Map() };
	for (const session of sample.engagement.dialogSessions) {
		await loadSession(deps, loading, { session, loaded });
	}
	return loaded;
}

async function loadSession(
	deps: Own,
	loading: DialogLoading,
	{ session, loaded }: { session: SampleSession; loaded: LoadedDialogs },
): Promise<void> {
	const { sample, places } = loading;
	const key = { engagementId: places.engagementId, sessionId: deps.random.uuid7() };
	const slipCode = makeSlipCode(deps.random);
	const startsAt = await startOf(deps, loading, session);
	const isToCome = session.daysFromNow !== undefined;
	const plannedAt = isToCome ? deps.clock() : new Date(startsAt.getTime() - 42 * DAY);
	const format = sample.dialogGuide.formats.find(({ key: name }) => name === session.format);
	await insertDialog(deps.db, key, {
		key: session.key,
		slipCode,
		studentGroupId: idOf(places.groupIds, session.group),
		siteId: idOf(places.siteIds, session.site),
		guideVersionId: loaded.guideVersionId,
		directiveId: idOf(places.directiveIds, session.directive),
		format: session.format,
		startsAt,
		minutes: format?.minutes ?? 60,
		place: session.place,
		plannedParticipants: session.plannedParticipants,
		languages: session.interpreters ?? [],
		recordingPlan: session.recording === 'notes_only' ? 'notes_only' : 'audio',
		createdBy: idOf(loading.people, session.lead),
		now: plannedAt,
	});
	loaded.sessions.set(session.key, { id: key.sessionId, slipCode });
	await loadDuties(deps, loading, { session, key });
	await loadGates(deps, loading, { session, key, startsAt });
	if (session.state === 'cancelled') {
		await cancel(deps, { session, key, at: startsAt });
	}
	const words = sample.dialogs.find((dialog) => dialog.session === session.key);
	if (session.state === 'held') {
		if (!words) {
			throw new Error(`The sample says that ${session.key} was held, and not what was said.`);
		}
		const held = await loadHeldDialog(deps, {
			key,
			words,
			startsAt,
			witnessId: idOf(loading.people, session.lead),
			noteTakerId: idOf(loading.people, session.noteTaker),
			recordingPlan: session.recording === 'notes_only' ? 'notes_only' : 'audio',
		});
		loaded.held.set(session.key, held);
	}
}

async function startOf(
	deps: Own,
	{ sample }: DialogLoading,
	session: SampleSession,
): Promise<Date> {
	const { timezone } = sample.district;
	const soon = new Date(deps.clock().getTime() + (session.daysFromNow ?? 0) * DAY);
	const day = session.date ?? localDate(soon, timezone);
	return await instantOf(deps.db, `${day}T${session.start}`, timezone);
}

async function loadDuties(
	{ db, random }: Own,
	{ sample, people }: DialogLoading,
	{ session, key }: { session: SampleSession; key: Parameters<typeof replaceDuties>[1] },
): Promise<void> {
	const safeAdult = sample.people.find(({ role }) => role === 'safety_responder');
	const duty = (role: DialogRole, person: string | undefined) => ({
		id: random.uuid7(),
		role,
		personId: person === undefined ? null : idOf(people, person),
	});
	await replaceDuties(db, key, [
		duty('lead', session.lead),
		duty('note_taker', session.noteTaker),
		duty('safe_adult', safeAdult?.key),
		duty('peer_host', undefined),
		...(session.interpreters ?? []).map(() => duty('interpreter', undefined)),
	]);
}

/** All steps of sessions that were held; of the one to come those that were due already. */
async function loadGates(
	{ db }: Own,
	{ sample, people }: DialogLoading,
	options: {
		session: SampleSession;
		key: { engagementId: string; sessionId: string };
		startsAt: Date;
	},
): Promise<void> {
	const { session, key, startsAt } = options;
	const done = sample.dialogGuide.before.filter(
		({ dueDaysBefore }) => session.state === 'held' || dueDaysBefore >= DONE_AHEAD,
	);
	for (const { key: step, dueDaysBefore } of done) {
		const now = new Date(startsAt.getTime() - dueDaysBefore * DAY - 60 * 60 * 1000);
		await tickGate(db, { ...key, step }, { personId: idOf(people, session.lead), now });
	}
}

async function cancel(
	{ db }: Own,
	{
		session,
		key,
		at,
	}: {
		session: SampleSession;
		key: { engagementId: string; sessionId: string };
		at: Date;
	},
): Promise<void> {
	await db
		.updateTable('dialog_session')
		.set({
			status: 'cancelled',
			deviations: `Cancelled: ${session.reason ?? ''}`,
			version: 2,
			updated_at: at,
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.execute();
}
