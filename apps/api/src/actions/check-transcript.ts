import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	lockTranscript,
	setTranscriptStatus,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import { countTurns } from '@throughline/db/queries/turn-outline';
import { countUndecided } from '@throughline/db/queries/turn-redaction';
import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { needDraft } from '../transcripts/access.ts';
import { seatsNotAllowed } from '../transcripts/allowed-seats.ts';
import { readReport, type TranscriptReport } from '../transcripts/report.ts';

type Key = TranscriptKey & { personId: string };

/**
 * Declares a transcript checked: everything suggested is decided on, every turn has a speaker or is
 * nobody's. Turns of seats that do not allow it are dropped for good, with what edits kept of them;
 * how many is told, why is not.
 * @throws AppError 409 `redactions_undecided`, `turns_unassigned`, `transcript_checked`.
 */
export async function checkTranscript(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: Key,
): Promise<{ dropped: number }> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needDraft(trx, key);
		const undecided = await countUndecided(trx, key);
		if (undecided > 0) {
			throw new AppError(
				'redactions_undecided',
				409,
				`${undecided} suggested redactions wait for a decision. Accept or reject each.`,
			);
		}
		const { unassigned } = await countTurns(trx, key);
		if (unassigned > 0) {
			throw new AppError(
				'turns_unassigned',
				409,
				`${unassigned} turns have no speaker. Give each to a seat, a facilitator or nobody.`,
			);
		}
		const dropped = await dropTurns(trx, key, transcript);
		const report = readReport(transcript.report);
		const more: TranscriptReport = { ...report, notAllowed: report.notAllowed + dropped };
		await setTranscriptStatus(trx, key, {
			status: 'checked',
			personId: key.personId,
			at: deps.clock(),
			report: more,
		});
		await audit(deps, trx, { key, action: 'transcript.checked' });
		return { dropped };
	});
}

/** Opens a checked transcript for editing again; its excerpts stay, and hold their words. */
export async function reopenTranscript(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: Key,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const transcript = await lockTranscript(trx, key);
		if (!transcript) {
			throw notFound();
		}
		if (transcript.status === 'checked') {
			await setTranscriptStatus(trx, key, {
				status: 'draft',
				personId: key.personId,
				at: deps.clock(),
			});
			await audit(deps, trx, { key, action: 'transcript.reopened' });
		}
	});
}

async function dropTurns(trx: Kysely<Schema>, key: Key, transcript: Transcript): Promise<number> {
	const seatIds = await seatsNotAllowed(trx, key, transcript.source);
	if (seatIds.length === 0) {
		return 0;
	}
	const gone = await trx
		.deleteFrom('turn as t')
		.where('t.engagement_id', '=', key.engagementId)
		.where('t.transcript_id', '=', key.transcriptId)
		.where('t.seat_id', 'in', seatIds)
		// Words that an excerpt rests on are taken back by their seat's slip, not here.
		.where(
			sql<boolean>`not exists (
				select 1 from turn_span s
				join turn a on a.engagement_id = s.engagement_id and a.id = s.start_turn_id
				join turn z on z.engagement_id = s.engagement_id and z.id = s.end_turn_id
				where s.engagement_id = t.engagement_id and s.transcript_id = t.transcript_id
					and t.position between a.position and z.position
			)`,
		)
		.returning('t.id')
		.execute();
	await dropEdits(
		trx,
		key,
		gone.map(({ id }) => id),
	);
	return gone.length;
}

/** Edits that hold the words of these turns. */
async function dropEdits(trx: Kysely<Schema>, key: Key, turnIds: string[]): Promise<void> {
	if (turnIds.length > 0) {
		await sql`
			delete from turn_edit e
			where e.engagement_id = ${key.engagementId} and e.transcript_id = ${key.transcriptId}
				and exists (
					select 1
					from jsonb_array_elements((e.before->'turns') || (e.after->'turns')) t
					where (t->>'id')::uuid = any (${turnIds}::uuid[])
				)
		`.execute(trx);
	}
}

async function audit(
	{ random }: Pick<Deps, 'random'>,
	trx: Kysely<Schema>,
	{ key, action }: { key: Key; action: string },
): Promise<void> {
	await writeAuditEntry(trx, {
		engagementId: key.engagementId,
		id: random.uuid7(),
		personId: key.personId,
		action,
		target: key.transcriptId,
	});
}
