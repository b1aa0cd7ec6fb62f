import {
	countDue,
	deleteDue,
	insertPurgeEntries,
	listOldRecordings,
	type PurgeCount,
	type PurgedKind,
} from '@throughline/db/queries/retention';
import { deleteRecording } from '../actions/delete-recording.ts';
import type { Deps } from '../deps.ts';
import type { Kind, Schedule } from './schedule.ts';

type Own = Pick<Deps, 'db' | 'clock' | 'random' | 'recordings'>;

export interface Purged {
	kind: Kind;
	/** After how many days it was due. */
	days: number;
	rows: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_RECORDINGS = 1000;

/**
 * Deletes what the retention schedule says has been kept for long enough, and writes down how many
 * of each kind went: no words, no ids. Safe to repeat and to interrupt.
 * @param options.isDry counts and deletes nothing.
 * @returns the kinds of which something was due.
 */
export async function purge(
	deps: Own,
	options: { schedule: Schedule; isDry: boolean },
): Promise<Purged[]> {
	const done: Purged[] = [];
	for (const { kind, days } of dueRules(options.schedule)) {
		const before = new Date(deps.clock().getTime() - days * DAY_MS);
		const counts =
			kind === 'recordings'
				? await purgeRecordings(deps, { before, days, isDry: options.isDry })
				: await purgeRows(deps, { kind, before, days, isDry: options.isDry });
		const rows = counts.reduce((sum, count) => sum + count.rows, 0);
		if (rows > 0) {
			done.push({ kind, days, rows });
		}
	}
	return done;
}

function dueRules(schedule: Schedule): { kind: PurgedKind | 'recordings'; days: number }[] {
	const { audit: _, ...rules } = schedule;
	// The keys of the schedule, less the one that is never purged.
	const kinds = Object.keys(rules) as (keyof typeof rules)[];
	return kinds.flatMap((kind) => {
		const { days } = rules[kind];
		return days === null ? [] : [{ kind, days }];
	});
}

async function purgeRows(
	deps: Own,
	due: { kind: PurgedKind; before: Date; days: number; isDry: boolean },
): Promise<PurgeCount[]> {
	if (due.isDry) {
		return await countDue(deps.db, due);
	}
	return await deps.db.transaction().execute(async (trx) => {
		const counts = await deleteDue(trx, due);
		await insertPurgeEntries(trx, entriesOf(deps, counts, due));
		return counts;
	});
}

async function purgeRecordings(
	deps: Own,
	due: { before: Date; days: number; isDry: boolean },
): Promise<PurgeCount[]> {
	const old = await listOldRecordings(deps.db, { before: due.before, limit: MOST_RECORDINGS });
	const byEngagement = Map.groupBy(old, ({ engagementId }) => engagementId);
	const counts = [...byEngagement].map(([engagementId, { length }]) => ({
		engagementId,
		rows: length,
	}));
	if (!due.isDry) {
		for (const key of old) {
			await deleteRecording(deps, { ...key, personId: null, why: 'time_over' });
		}
		const entries = entriesOf(deps, counts, { ...due, kind: 'recordings' });
		await insertPurgeEntries(deps.db, entries);
	}
	return counts;
}

function entriesOf(
	{ clock, random }: Pick<Deps, 'clock' | 'random'>,
	counts: readonly PurgeCount[],
	{ kind, days }: { kind: Kind; days: number },
) {
	const purgedOn = clock().toISOString().slice(0, 10);
	return counts.map((count) => ({ ...count, id: random.uuid7(), kind, days, purgedOn }));
}
