import { createHash } from 'node:crypto';
import { json } from '@throughline/db';
import type { DialogRole, Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { readSample } from '../sample/read-sample.ts';
import { systemRandom } from '../system/random.ts';
import { seedEngagement, seedPerson } from './seed-engagement.ts';

/**
 * An engagement with one session of a group at the north school, planned with sound: a lead who
 * facilitates, a safe adult, and three seats.
 */
export async function seedDialogRoom(
	db: Kysely<Schema>,
	options: { recordingPlan?: 'audio' | 'notes_only' } = {},
) {
	const { engagementId, north } = await seedEngagement(db);
	const mail = (name: string) => `${name}-${engagementId}@example.org`;
	const leadId = await seedPerson(db, {
		engagementId,
		email: mail('lead'),
		roles: ['facilitator'],
	});
	const adultId = await seedPerson(db, {
		engagementId,
		email: mail('adult'),
		roles: ['safety_responder'],
	});
	const guide = readSample().dialogGuide;
	const guideId = systemRandom.uuid7();
	await db
		.insertInto('dialog_guide_version')
		.values({
			engagement_id: engagementId,
			id: guideId,
			key: guide.key,
			number: 1,
			body: json(guide),
			body_hash: createHash('sha256').update(JSON.stringify(guide)).digest('hex'),
		})
		.execute();
	const sessionId = systemRandom.uuid7();
	await db
		.insertInto('dialog_session')
		.values({
			engagement_id: engagementId,
			id: sessionId,
			key: 'ds-01',
			slip_code: 'K7QM',
			student_group_id: null,
			site_id: north.id,
			guide_version_id: guideId,
			directive_id: null,
			format: 'circle',
			starts_at: '2026-01-15T15:00:00Z',
			minutes: 60,
			place: 'Library',
			planned_participants: 3,
			languages: ['es'],
			recording_plan: options.recordingPlan ?? 'audio',
			recording_mode: null,
			status: 'planned',
			started_at: null,
			ended_at: null,
			participants: null,
			agreements: '',
			deviations: '',
			created_by: leadId,
			version: 1,
			updated_at: '2026-01-10T12:00:00Z',
		})
		.execute();
	const duties: { role: DialogRole; person: string | null }[] = [
		{ role: 'lead', person: leadId },
		{ role: 'peer_host', person: null },
		{ role: 'safe_adult', person: adultId },
	];
	await db
		.insertInto('dialog_duty')
		.values(
			duties.map(({ role, person }) => ({
				engagement_id: engagementId,
				id: systemRandom.uuid7(),
				session_id: sessionId,
				role,
				person_id: person,
			})),
		)
		.execute();
	const seatIds = ['A', 'B', 'C'].map(() => systemRandom.uuid7());
	await db
		.insertInto('dialog_seat')
		.values(
			seatIds.map((id, index) => ({
				engagement_id: engagementId,
				id,
				session_id: sessionId,
				label: `Voice ${'ABC'[index]}`,
				position: index + 1,
				slip_hash: null,
				withdrawn_at: null,
			})),
		)
		.execute();
	return { engagementId, sessionId, leadId, adultId, seatIds, siteId: north.id };
}
