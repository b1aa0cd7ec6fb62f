import { type Kysely, sql } from 'kysely';
import { createGatherer } from '../gather.ts';
import type { Schema } from '../schema.ts';
import {
	type Ballot,
	type CodeKey,
	readBallot,
	type Submission,
	submitEnvelope,
	type SubmitOutcome,
} from './ballot.ts';

/** Ballots as students ask for them: hundreds at the same moment. */
export interface Ballots {
	/** The ballot of a code, or undefined when no such code was made for the window. */
	read(key: CodeKey): Promise<Ballot | undefined>;
	/** As `submitEnvelope`; committed when it resolves. */
	submit(submission: Submission): Promise<SubmitOutcome>;
}

/** Bodies are 4 KiB, rarely 64: a round stays below half a megabyte, or nearly always. */
const MOST = 64;
/** While one round waits for the disk, the other is worked on. */
const LANES = 2;
/**
 * Four times a thousand students who press Finish in the same instant, and what a browser waits for: at
 * 1,200 a second the last is answered in under four seconds. Of envelopes it is 16 MB, rarely more.
 */
const MOST_HELD = 4_000;

/**
 * Reads and submits together what comes together: one way to the database and back, and one commit,
 * for all of them. A submission that fails takes no other with it. What comes while `mostHeld` are
 * unanswered, of either kind, is rejected with QueueFull and changes nothing.
 */
export function createBallots(
	db: Kysely<Schema>,
	{ mostHeld = MOST_HELD }: { mostHeld?: number } = {},
): Ballots {
	return {
		read: createGatherer({
			most: MOST,
			lanes: LANES,
			mostHeld,
			run: async (keys: readonly CodeKey[]) => {
				const [only] = keys;
				return keys.length === 1 && only ? [await readBallot(db, only)] : readBallots(db, keys);
			},
		}),
		submit: createGatherer({
			most: MOST,
			lanes: LANES,
			mostHeld,
			run: async (submissions: readonly Submission[]) => {
				const [only] = submissions;
				return submissions.length === 1 && only
					? [await submitEnvelope(db, only)]
					: submitEnvelopes(db, submissions);
			},
		}),
	};
}

async function readBallots(
	db: Kysely<Schema>,
	keys: readonly CodeKey[],
): Promise<(Ballot | undefined)[]> {
	const { rows } = await sql<{
		place: number;
		cohort_id: string;
		state: number;
		sid_hash: Buffer | null;
		body: Buffer | null;
	}>`
		select asked.place::int, c.cohort_id, c.state, c.sid_hash, d.body
		from unnest(
			${keys.map(({ engagementId }) => engagementId)}::uuid[],
			${keys.map(({ windowId }) => windowId)}::uuid[],
			${keys.map(({ codeHash }) => codeHash.toString('hex'))}::text[]
		) with ordinality as asked (engagement_id, window_id, code_hash, place)
		join access_code c on c.engagement_id = asked.engagement_id
			and c.window_id = asked.window_id and c.code_hash = decode(asked.code_hash, 'hex')
		left join draft d on d.engagement_id = c.engagement_id
			and d.window_id = c.window_id and d.code_hash = c.code_hash
	`.execute(db);
	const found = new Map(rows.map((row) => [row.place - 1, row]));
	return keys.map((_, index) => {
		const row = found.get(index);
		return (
			row && {
				cohortId: row.cohort_id,
				isSpent: row.state === 1,
				sidHash: row.sid_hash,
				draft: row.body,
			}
		);
	});
}

async function submitEnvelopes(
	db: Kysely<Schema>,
	submissions: readonly Submission[],
): Promise<SubmitOutcome[]> {
	// In the order of their codes: two rounds that hold the same two codes cannot wait for each other.
	const order = submissions
		.map((_, index) => index)
		.sort((one, other) => codeOf(submissions, one).compare(codeOf(submissions, other)));
	const sorted = order.flatMap((index) => submissions[index] ?? []);
	const bodies = sorted.map(({ envelope }) => envelope.body);
	let end = 0;
	// The first byte of a bytea is number 1.
	const starts = bodies.map(({ length }) => (end += length) - length + 1);
	const { rows } = await sql<{ place: number; outcome: SubmitOutcome }>`
		select s.place::int, submit_envelope(
			s.engagement_id, s.window_id, decode(s.code_hash, 'hex'), decode(s.sid_hash, 'hex'),
			s.envelope_id, s.cohort_id, s.epoch,
			substring(${Buffer.concat(bodies)}::bytea from s.start for s.length)
		) as outcome
		from unnest(
			${sorted.map(({ engagementId }) => engagementId)}::uuid[],
			${sorted.map(({ windowId }) => windowId)}::uuid[],
			${sorted.map(({ codeHash }) => codeHash.toString('hex'))}::text[],
			${sorted.map(({ sidHash }) => sidHash.toString('hex'))}::text[],
			${sorted.map(({ envelope }) => envelope.id)}::uuid[],
			${sorted.map(({ envelope }) => envelope.cohortId)}::uuid[],
			${sorted.map(({ envelope }) => envelope.epoch)}::int[],
			${starts}::int[],
			${bodies.map(({ length }) => length)}::int[]
		) with ordinality as s (
			engagement_id, window_id, code_hash, sid_hash, envelope_id, cohort_id, epoch,
			start, length, place
		)
	`.execute(db);
	const outcomes = new Map(rows.map(({ place, outcome }) => [order[place - 1], outcome]));
	return submissions.map((_, index) => {
		const outcome = outcomes.get(index);
		if (outcome === undefined) {
			throw new Error('The database gave no outcome for a submission.');
		}
		return outcome;
	});
}

function codeOf(submissions: readonly Submission[], index: number): Buffer {
	return submissions[index]?.codeHash ?? Buffer.alloc(0);
}
