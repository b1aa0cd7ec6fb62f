import { endRole, revokeRoles } from '@throughline/db/queries/engagement-role';
import { deleteInvitation } from '@throughline/db/queries/invitation';
import {
	cutAgain,
	deleteNote,
	deleteSealed,
	listTombstones,
	settleTombstone,
	type Tombstone,
} from '@throughline/db/queries/tombstone';
import { findPersonById } from '@throughline/db/queries/person';
import { deletePurged, purgedTables } from '@throughline/db/queries/retention';
import { findRecording } from '@throughline/db/queries/recording';
import type { StaffRole } from '@throughline/db/schema';
import { z } from 'zod';
import { deleteRecording } from '../actions/delete-recording.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { staffRoles } from '../routes/people/schema.ts';
import type { WithdrawalChoice } from '../withdrawal/choices.ts';
import { withdrawExcerpt, withdrawSeat } from '../withdrawal/withdraw-seat.ts';

type Own = Pick<Deps, 'db' | 'clock' | 'random' | 'recordings'>;

const PAGE = 100;

const seat = z.object({
	sessionId: z.uuid(),
	scope: z.enum(['recorded', 'transcribed', 'quoted', 'voice_played', 'kept']),
	language: z.enum(['en', 'es', 'ar']).catch('en'),
	witnessId: z.uuid().nullable(),
});
const ofSession = z.object({ sessionId: z.uuid() });
const cut = z.object({
	recordingId: z.uuid(),
	startMs: z.number().int(),
	endMs: z.number().int(),
	reason: z.enum(['asked', 'withdrawn']),
});
const role = z.object({
	role: z.enum(staffRoles),
	/** Null where it was taken. */
	endsOn: z.iso.date().nullable(),
});
const key = z.object({ epoch: z.number().int() });
const purged = z.object({ table: z.enum(purgedTables) });

export interface Reapplied {
	/** Things that were taken back or deleted again. */
	tombstones: number;
	/** Windows with how many answers that were opened after the backup was made, and are not in it. */
	lostResponses: { windowId: string; envelopes: number }[];
}

/**
 * Takes back again, in a database that came from an older backup, whatever was taken back, deleted or
 * shredded after it. What it names is often not there: then there is nothing to do. Safe to repeat and
 * to interrupt anywhere; the server does what is left before it answers anybody.
 */
export async function reapplyTombstones(deps: Own): Promise<Reapplied> {
	const done: Reapplied = { tombstones: 0, lostResponses: [] };
	for (;;) {
		const page = await listTombstones(deps.db, { after: null, limit: PAGE, isPending: true });
		for (const tombstone of page) {
			await reapply(deps, tombstone, done);
			await settleTombstone(deps.db, tombstone.id);
			done.tombstones += 1;
		}
		if (page.length < PAGE) {
			return done;
		}
	}
}

async function reapply(deps: Own, tombstone: Tombstone, done: Reapplied): Promise<void> {
	const { engagementId, kind, target, detail } = tombstone;
	switch (kind) {
		case 'seat':
			await takeBackSeat(deps, tombstone);
			return;
		case 'excerpt': {
			const { sessionId } = ofSession.parse(detail);
			await deps.db
				.transaction()
				.execute((trx) =>
					withdrawExcerpt(trx, deps, { engagementId, sessionId, excerptId: target }),
				);
			return;
		}
		case 'note':
			await deleteNote(deps.db, { engagementId, id: target, at: deps.clock() });
			return;
		case 'cut':
			await cutAgain(deps.db, { engagementId, id: target, ...cut.parse(detail) });
			return;
		case 'recording':
			await deleteAgain(deps, { engagementId, recordingId: target });
			return;
		case 'role':
			await endAgain(deps, { engagementId, personId: target, ...role.parse(detail) });
			return;
		case 'invitation':
			await deleteInvitation(deps.db, { engagementId, id: target });
			return;
		case 'purged':
			await deletePurged(deps.db, { engagementId, id: target, ...purged.parse(detail) });
			return;
		case 'key': {
			const { epoch } = key.parse(detail);
			const envelopes = await deleteSealed(deps.db, { engagementId, windowId: target, epoch });
			if (envelopes > 0) {
				done.lostResponses.push({ windowId: target, envelopes });
			}
		}
	}
}

/** A role that was given back since the backup was made is taken as well: nobody has more than before. */
async function endAgain(
	{ db }: Own,
	{
		endsOn,
		...ended
	}: { engagementId: string; personId: string; role: StaffRole; endsOn: string | null },
): Promise<void> {
	await (endsOn === null
		? revokeRoles(db, { ...ended, roles: [ended.role] })
		: endRole(db, { ...ended, endsOn }));
}

async function deleteAgain(
	deps: Own,
	key: { engagementId: string; recordingId: string },
): Promise<void> {
	const found = await findRecording(deps.db, key);
	if (found && found.status !== 'deleted') {
		await deleteRecording(deps, { ...key, personId: null, why: 'by_hand' });
	}
}

async function takeBackSeat(deps: Own, { engagementId, target, detail }: Tombstone): Promise<void> {
	const { sessionId, scope, language, witnessId } = seat.parse(detail);
	const isWitnessThere =
		witnessId !== null && (await findPersonById(deps.db, witnessId)) !== undefined;
	for (const choice of choicesFor[scope]) {
		await withdrawSeat(
			deps,
			{ engagementId, sessionId, seatId: target },
			{ choice, language, witnessId: isWitnessThere ? witnessId : null },
		).catch(unlessGone);
	}
}

/** The least that takes a scope back; several of one seat together take back what was taken back. */
const choicesFor: Record<z.output<typeof seat>['scope'], readonly WithdrawalChoice[]> = {
	recorded: ['everything'],
	transcribed: ['everything'],
	quoted: ['quotes'],
	kept: ['voice'],
	// Comes with one of the others.
	voice_played: [],
};

/** What is not in the database cannot come back. */
function unlessGone(error: unknown): void {
	if (!(error instanceof AppError && error.status === 404)) {
		throw error;
	}
}
