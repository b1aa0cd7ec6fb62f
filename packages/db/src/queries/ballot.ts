import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** Where a student's code stands, with the sealed draft if there is one. */
export interface Ballot {
	cohortId: string;
	isSpent: boolean;
	sidHash: Buffer | null;
	draft: Buffer | null;
}

/** A code of a window. */
export interface CodeKey {
	engagementId: string;
	windowId: string;
	codeHash: Buffer;
}

/** The ballot of a code, or undefined when no such code was made for the window. */
export async function readBallot(db: Kysely<Schema>, key: CodeKey): Promise<Ballot | undefined> {
	const row = await db
		.selectFrom('access_code as c')
		.leftJoin('draft as d', (join) =>
			join
				.onRef('d.engagement_id', '=', 'c.engagement_id')
				.onRef('d.window_id', '=', 'c.window_id')
				.onRef('d.code_hash', '=', 'c.code_hash'),
		)
		.select(['c.cohort_id', 'c.state', 'c.sid_hash', 'd.body'])
		.where('c.engagement_id', '=', key.engagementId)
		.where('c.window_id', '=', key.windowId)
		.where('c.code_hash', '=', key.codeHash)
		.executeTakeFirst();
	return (
		row && {
			cohortId: row.cohort_id,
			isSpent: row.state === 1,
			sidHash: row.sid_hash,
			draft: row.body,
		}
	);
}

/** The bytes a sealed draft begins with are random and new each time: its version. */
const VERSION_BYTES = 12;

/**
 * Stores the draft of an unspent code of an open window, in place of the one it was made from.
 * @param draft.previous the sealed draft as it was read; null when there was none.
 * @returns `kept`; `changed` when another draft was stored since it was read; `refused` when the
 * code is spent or unknown, or the window has closed.
 */
export async function saveDraft(
	db: Kysely<Schema>,
	draft: CodeKey & { body: Buffer; previous: Buffer | null },
): Promise<'kept' | 'changed' | 'refused'> {
	const version = draft.previous?.subarray(0, VERSION_BYTES) ?? Buffer.alloc(0);
	const result = await sql`
		insert into draft (engagement_id, window_id, code_hash, body)
		select c.engagement_id, c.window_id, c.code_hash, ${draft.body}
		from access_code c
		join survey_window w on w.engagement_id = c.engagement_id and w.id = c.window_id
		where c.engagement_id = ${draft.engagementId} and c.window_id = ${draft.windowId}
			and c.code_hash = ${draft.codeHash} and c.state = 0 and w.status = 'open'
		-- Waits for a submission under way, and sees then that the code is spent.
		for share of c
		on conflict (engagement_id, window_id, code_hash) do update set body = excluded.body
			where substring(draft.body from 1 for ${VERSION_BYTES}::int) = ${version}
	`.execute(db);
	if (Number(result.numAffectedRows ?? 0) === 1) {
		return 'kept';
	}
	const ballot = await readBallot(db, draft);
	const isChanged =
		ballot?.isSpent === false &&
		ballot.draft !== null &&
		!ballot.draft.subarray(0, VERSION_BYTES).equals(version);
	return isChanged ? 'changed' : 'refused';
}

export type SubmitOutcome = 'stored' | 'repeated' | 'spent' | 'closed' | 'unknown';

/** A code with the sealed answers it is spent for. */
export interface Submission extends CodeKey {
	/** SHA-256 of the submission's id; 32 bytes. */
	sidHash: Buffer;
	envelope: { id: string; cohortId: string; epoch: number; body: Buffer };
}

/**
 * Spends a code, stores the sealed answers and deletes the draft, in one transaction.
 * @returns `stored`; `repeated` when the same submission already arrived (same sid); `spent` when
 * another one did; `closed` when the window no longer takes answers; `unknown` for no such code.
 * It is the database function `submit_envelope`: one way there and back.
 */
export async function submitEnvelope(
	db: Kysely<Schema>,
	submission: Submission,
): Promise<SubmitOutcome> {
	const { engagementId, windowId, codeHash, sidHash, envelope } = submission;
	const result = await sql<{ outcome: SubmitOutcome }>`
		select submit_envelope(
			${engagementId}::uuid, ${windowId}::uuid, ${codeHash}::bytea, ${sidHash}::bytea,
			${envelope.id}::uuid, ${envelope.cohortId}::uuid, ${envelope.epoch}::int,
			${envelope.body}::bytea
		) as outcome
	`.execute(db);
	// The function always returns one row.
	return result.rows[0]!.outcome;
}
