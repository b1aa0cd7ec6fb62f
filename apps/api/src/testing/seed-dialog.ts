import { replaceDuties } from '@throughline/db/queries/dialog-duty';
import { insertGuideVersion } from '@throughline/db/queries/dialog-guide';
import { insertDialog } from '@throughline/db/queries/dialog-plan';
import type { DialogRole, Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { makeSlipCode } from '../actions/plan-dialog.ts';
import { readSample } from '../sample/read-sample.ts';
import { systemRandom } from '../system/random.ts';
import { seedPerson } from './seed-engagement.ts';

/** The sample's guide, a line of the mandate and a group, in an engagement of a test. */
export async function seedDialogGround(
	db: Kysely<Schema>,
	engagement: { engagementId: string; siteId: string },
) {
	const { engagementId, siteId } = engagement;
	const ids = {
		guideVersionId: systemRandom.uuid7(),
		directiveId: systemRandom.uuid7(),
		groupId: systemRandom.uuid7(),
	};
	const mandateId = systemRandom.uuid7();
	const { dialogGuide } = readSample();
	await insertGuideVersion(db, {
		engagementId,
		id: ids.guideVersionId,
		key: dialogGuide.key,
		number: 1,
		body: dialogGuide,
		bodyHash: '0'.repeat(64),
	});
	await db
		.insertInto('mandate')
		.values({
			engagement_id: engagementId,
			id: mandateId,
			body: 'Board of Education',
			document: 'Resolution 1',
			adopted_on: '2025-08-18',
		})
		.execute();
	await db
		.insertInto('directive')
		.values({
			engagement_id: engagementId,
			id: ids.directiveId,
			mandate_id: mandateId,
			key: 'dir-1',
			text: 'Hold dialog sessions with student groups.',
			position: 0,
		})
		.execute();
	await db
		.insertInto('student_group')
		.values({
			engagement_id: engagementId,
			id: ids.groupId,
			site_id: siteId,
			key: 'g-1',
			name: 'Student Circle',
			kind: 'other',
		})
		.execute();
	return ids;
}

/** A planned session a week after the test's clock, with whoever has a duty in it. */
export async function seedDialog(
	db: Kysely<Schema>,
	session: {
		engagementId: string;
		siteId: string;
		guideVersionId: string;
		directiveId?: string;
		groupId?: string;
		duties?: { role: DialogRole; personId: string | null }[];
		recordingPlan?: 'audio' | 'notes_only';
	},
): Promise<{ sessionId: string; slipCode: string }> {
	const { engagementId } = session;
	const key = { engagementId, sessionId: systemRandom.uuid7() };
	const slipCode = makeSlipCode(systemRandom);
	const lead = await seedPerson(db, {
		engagementId,
		email: `creator-${key.sessionId}@example.org`,
		roles: ['facilitator'],
	});
	await insertDialog(db, key, {
		key: `ds-${slipCode}`,
		slipCode,
		studentGroupId: session.groupId ?? null,
		siteId: session.siteId,
		guideVersionId: session.guideVersionId,
		directiveId: session.directiveId ?? null,
		format: 'circle',
		startsAt: new Date('2026-01-22T18:40:00Z'),
		minutes: 60,
		place: 'Library',
		plannedParticipants: 8,
		languages: [],
		recordingPlan: session.recordingPlan ?? 'audio',
		createdBy: lead,
		now: new Date('2026-01-01T12:00:00Z'),
	});
	await replaceDuties(
		db,
		key,
		(session.duties ?? []).map((duty) => ({ id: systemRandom.uuid7(), ...duty })),
	);
	return { sessionId: key.sessionId, slipCode };
}
