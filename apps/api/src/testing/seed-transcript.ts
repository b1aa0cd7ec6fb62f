import { CONSENT_SCOPES, NEEDS_GUARDIAN } from '@throughline/analysis/dialog';
import type { ConsentScope } from '@throughline/analysis/dialog';
import { insertTurns, type TurnState } from '@throughline/db/queries/turn';
import { insertTranscript } from '@throughline/db/queries/transcript';
import type { Schema, TranscriptSource } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';
import { emptyTurn } from '../transcripts/build-turns.ts';
import { seedEngagement, seedPerson } from './seed-engagement.ts';

const HASH = 'a'.repeat(64);

export interface SeededSession {
	engagementId: string;
	sessionId: string;
	/** The facilitator on duty. */
	personId: string;
	seats: Record<'A' | 'B' | 'C', string>;
}

/**
 * A held session of an engagement with a facilitator on duty and three seats, 'Voice A' to 'Voice
 * C', who all allow everything but what is said.
 */
export async function seedSession(
	db: Kysely<Schema>,
	options: { without?: { seat: 'A' | 'B' | 'C'; scope: ConsentScope }; names?: string[] } = {},
): Promise<SeededSession> {
	const { engagementId, north } = await seedEngagement(db);
	await db
		.updateTable('engagement')
		.set({ details: JSON.stringify({ namesToRedact: options.names ?? ['Tyler Brandt'] }) })
		.where('id', '=', engagementId)
		.execute();
	const personId = await seedPerson(db, {
		engagementId,
		email: `facilitator@${engagementId}.example.org`,
		roles: ['facilitator'],
	});
	const guideId = systemRandom.uuid7();
	const sessionId = systemRandom.uuid7();
	await db
		.insertInto('dialog_guide_version')
		.values({
			engagement_id: engagementId,
			id: guideId,
			key: 'guide',
			number: 1,
			body: '{}',
			body_hash: HASH,
		})
		.execute();
	await db
		.insertInto('dialog_session')
		.values({
			engagement_id: engagementId,
			id: sessionId,
			key: 'ds-01',
			slip_code: 'TEST01',
			student_group_id: null,
			site_id: north.id,
			guide_version_id: guideId,
			directive_id: null,
			format: 'circle',
			starts_at: new Date('2026-01-10T15:00:00Z'),
			minutes: 90,
			place: 'Library',
			planned_participants: 3,
			languages: ['en', 'ar'],
			recording_plan: 'audio',
			recording_mode: 'audio',
			status: 'held',
			started_at: new Date('2026-01-10T15:00:00Z'),
			ended_at: new Date('2026-01-10T16:30:00Z'),
			participants: 3,
			agreements: '',
			deviations: '',
			created_by: personId,
			version: 1,
			updated_at: new Date('2026-01-10T16:30:00Z'),
		})
		.execute();
	await db
		.insertInto('dialog_duty')
		.values({
			engagement_id: engagementId,
			id: systemRandom.uuid7(),
			session_id: sessionId,
			role: 'lead',
			person_id: personId,
		})
		.execute();
	const key = { engagementId, sessionId, personId };
	const seats = {
		A: await seedSeat(db, key, { label: 'A', without: options.without }),
		B: await seedSeat(db, key, { label: 'B', without: options.without }),
		C: await seedSeat(db, key, { label: 'C', without: options.without }),
	};
	return { ...key, seats };
}

async function seedSeat(
	db: Kysely<Schema>,
	key: { engagementId: string; sessionId: string; personId: string },
	seat: { label: 'A' | 'B' | 'C'; without?: { seat: string; scope: ConsentScope } | undefined },
): Promise<string> {
	const id = systemRandom.uuid7();
	await db
		.insertInto('dialog_seat')
		.values({
			engagement_id: key.engagementId,
			id,
			session_id: key.sessionId,
			label: `Voice ${seat.label}`,
			position: 'ABC'.indexOf(seat.label) + 1,
			slip_hash: null,
			withdrawn_at: null,
		})
		.execute();
	const said = CONSENT_SCOPES.flatMap((scope) => [
		{ scope, source: 'student' as const },
		...(NEEDS_GUARDIAN.includes(scope) ? [{ scope, source: 'guardian' as const }] : []),
	]);
	await db
		.insertInto('consent_entry')
		.values(
			said.map(({ scope, source }) => ({
				engagement_id: key.engagementId,
				id: systemRandom.uuid7(),
				session_id: key.sessionId,
				seat_id: id,
				scope,
				source,
				is_given: !(seat.without?.seat === seat.label && seat.without.scope === scope),
				language: 'en',
				words_hash: HASH,
				witness_id: key.personId,
				said_at: new Date('2026-01-10T15:00:00Z'),
			})),
		)
		.execute();
	return id;
}

/** A draft of these turns, one second each unless they say otherwise. */
export async function seedTranscript(
	db: Kysely<Schema>,
	session: SeededSession,
	given: {
		turns: (Partial<TurnState> & { text: string })[];
		source?: TranscriptSource;
		language?: string;
		recordingId?: string;
	},
): Promise<{ transcriptId: string; turnIds: string[] }> {
	const transcriptId = systemRandom.uuid7();
	await insertTranscript(db, {
		engagement_id: session.engagementId,
		id: transcriptId,
		session_id: session.sessionId,
		recording_id: given.recordingId ?? null,
		source: given.source ?? 'webvtt',
		language: given.language ?? 'en',
		offset_ms: 0,
		report: '{}',
		status: 'draft',
		checked_by: null,
		checked_at: null,
		created_by: session.personId,
		version: 1,
		updated_at: new Date('2026-01-11T12:00:00Z'),
	});
	const turns = given.turns.map((turn, index) => ({
		...emptyTurn(systemRandom.uuid7()),
		startMs: index * 1000,
		endMs: index * 1000 + 1000,
		position: index + 1,
		...turn,
	}));
	await insertTurns(
		db,
		{ engagementId: session.engagementId, transcriptId },
		{ turns, version: 1 },
	);
	return { transcriptId, turnIds: turns.map(({ id }) => id) };
}
