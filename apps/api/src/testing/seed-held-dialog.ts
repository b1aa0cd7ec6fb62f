import { createHash } from 'node:crypto';
import { CONSENT_SCOPES, type ConsentScope } from '@throughline/analysis/dialog';
import { insertExcerpts, lastQueuePosition } from '@throughline/db/queries/excerpt';
import { formatCode, hashCode, makeCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';

/** One thing said: who spoke, and the words. */
export interface Said {
	seats: string[];
	text: string;
	prompt?: string;
}

export interface HeldDialog {
	engagementId: string;
	siteId: string;
	key: string;
	participants?: number;
	group?: string;
	seats: string[];
	said: Said[];
	/** Everything unless said otherwise. */
	allows?: Record<string, readonly ConsentScope[]>;
	leadId?: string;
}

/** A session that was held, transcribed and made excerpts of, each turn ten seconds long. */
export async function seedHeldDialog(
	deps: Pick<Deps, 'db' | 'random' | 'keys'>,
	wanted: HeldDialog,
) {
	const { db, random } = deps;
	const { engagementId } = wanted;
	const [sessionId, transcriptId, recordingId] = [random.uuid7(), random.uuid7(), random.uuid7()];
	const slipCode = wanted.key.toUpperCase();
	await seedSession(deps, wanted, { sessionId, slipCode });
	const seats = new Map<string, { id: string; slip: string }>();
	for (const [position, label] of wanted.seats.entries()) {
		const code = makeCode((length) => random.bytes(length));
		const id = random.uuid7();
		seats.set(label, { id, slip: formatCode(code) });
		await db
			.insertInto('dialog_seat')
			.values({
				engagement_id: engagementId,
				id,
				session_id: sessionId,
				label,
				position,
				slip_hash: hashCode(deps.keys.pepper, sessionId, code),
				withdrawn_at: null,
			})
			.execute();
		await seedConsent(deps, {
			engagementId,
			sessionId,
			seatId: id,
			scopes: wanted.allows?.[label] ?? CONSENT_SCOPES,
		});
	}
	await db
		.insertInto('recording')
		.values({
			engagement_id: engagementId,
			id: recordingId,
			session_id: sessionId,
			device_id: null,
			label: 'Table 1',
			table_no: null,
			mime: 'audio/webm',
			status: 'ready',
			started_at: new Date('2026-01-10T15:00:05Z'),
			offset_ms: 5000,
			duration_ms: 3_600_000,
			bytes: 1,
			sha256: null,
			manifest: '{"slices":[],"gaps":[]}',
			problem: null,
			delete_after: '2026-03-01',
			deleted_at: null,
			created_by: null,
		})
		.execute();
	await db
		.insertInto('transcript')
		.values({
			engagement_id: engagementId,
			id: transcriptId,
			session_id: sessionId,
			recording_id: recordingId,
			source: 'webvtt',
			language: 'en',
			offset_ms: 0,
			report: '{}',
			status: 'checked',
			checked_by: null,
			checked_at: null,
			created_by: null,
			version: 1,
			updated_at: new Date('2026-01-10T18:00:00Z'),
		})
		.execute();
	const excerptIds: string[] = [];
	for (const [index, said] of wanted.said.entries()) {
		const seatIds = said.seats.map((label) => seats.get(label)?.id ?? '');
		excerptIds.push(
			await seedExcerpt(deps, {
				engagementId,
				sessionId,
				transcriptId,
				said,
				seatIds,
				startMs: index * 10_000,
			}),
		);
	}
	return { sessionId, transcriptId, recordingId, slipCode, seats, excerptIds };
}

async function seedSession(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	wanted: HeldDialog,
	{ sessionId, slipCode }: { sessionId: string; slipCode: string },
): Promise<void> {
	const { engagementId, siteId } = wanted;
	const guideId = random.uuid7();
	await db
		.insertInto('dialog_guide_version')
		.values({
			engagement_id: engagementId,
			id: guideId,
			key: `guide-${wanted.key}`,
			number: 1,
			body: JSON.stringify({ prompts: [{ key: 'P1', text: 'When do you feel safe at school?' }] }),
			body_hash: 'a'.repeat(64),
		})
		.execute();
	const groupId = wanted.group === undefined ? null : random.uuid7();
	if (groupId !== null) {
		await db
			.insertInto('student_group')
			.values({
				engagement_id: engagementId,
				id: groupId,
				site_id: siteId,
				key: `group-${wanted.key}`,
				name: wanted.group ?? '',
				kind: 'advocacy',
			})
			.execute();
	}
	await db
		.insertInto('dialog_session')
		.values({
			engagement_id: engagementId,
			id: sessionId,
			key: wanted.key,
			slip_code: slipCode,
			student_group_id: groupId,
			site_id: siteId,
			guide_version_id: guideId,
			directive_id: null,
			format: 'circle',
			starts_at: new Date('2026-01-10T15:00:00Z'),
			minutes: 60,
			place: 'Library',
			planned_participants: wanted.seats.length,
			languages: ['en'],
			recording_plan: 'audio',
			recording_mode: 'audio',
			status: 'held',
			started_at: new Date('2026-01-10T15:00:00Z'),
			ended_at: new Date('2026-01-10T16:00:00Z'),
			participants: wanted.participants ?? wanted.seats.length,
			agreements: '',
			deviations: '',
			created_by: null,
			version: 1,
			updated_at: new Date('2026-01-10T16:00:00Z'),
		})
		.execute();
	if (wanted.leadId !== undefined) {
		await db
			.insertInto('dialog_duty')
			.values({
				engagement_id: engagementId,
				id: random.uuid7(),
				session_id: sessionId,
				role: 'lead',
				person_id: wanted.leadId,
			})
			.execute();
	}
}

async function seedConsent(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	given: {
		engagementId: string;
		sessionId: string;
		seatId: string;
		scopes: readonly ConsentScope[];
	},
): Promise<void> {
	const lines = given.scopes.flatMap((scope) =>
		(['guardian', 'student'] as const).map((source) => ({ scope, source })),
	);
	await db
		.insertInto('consent_entry')
		.values(
			lines.map(({ scope, source }) => ({
				engagement_id: given.engagementId,
				id: random.uuid7(),
				session_id: given.sessionId,
				seat_id: given.seatId,
				scope,
				source,
				is_given: true,
				language: 'en',
				words_hash: 'b'.repeat(64),
				witness_id: null,
				said_at: new Date('2026-01-10T14:50:00Z'),
			})),
		)
		.execute();
}

async function seedExcerpt(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	of: {
		engagementId: string;
		sessionId: string;
		transcriptId: string;
		said: Said;
		seatIds: string[];
		startMs: number;
	},
): Promise<string> {
	const { engagementId, said, startMs } = of;
	const [turnId, spanId, excerptId] = [random.uuid7(), random.uuid7(), random.uuid4()];
	const promptKey = said.prompt ?? 'P1';
	await db
		.insertInto('turn')
		.values({
			engagement_id: engagementId,
			id: turnId,
			transcript_id: of.transcriptId,
			position: startMs,
			start_ms: startMs,
			end_ms: startMs + 9000,
			kind: 'speech',
			seat_id: of.seatIds[0] ?? null,
			is_facilitator: false,
			prompt_key: promptKey,
			text: said.text,
			is_unclear: false,
		})
		.execute();
	await db
		.insertInto('turn_span')
		.values({
			engagement_id: engagementId,
			id: spanId,
			session_id: of.sessionId,
			transcript_id: of.transcriptId,
			start_turn_id: turnId,
			start_at: 0,
			end_turn_id: turnId,
			end_at: [...said.text].length,
			start_ms: startMs,
			end_ms: startMs + 9000,
			prompt_key: promptKey,
			created_by: null,
		})
		.execute();
	for (const seatId of of.seatIds) {
		await db
			.insertInto('turn_span_seat')
			.values({ engagement_id: engagementId, span_id: spanId, seat_id: seatId })
			.execute();
	}
	await insertExcerpts(db, [
		{
			engagement_id: engagementId,
			id: excerptId,
			source_kind: 'turn',
			source_id: spanId,
			window_id: null,
			question_id: null,
			session_id: of.sessionId,
			prompt_key: promptKey,
			text: said.text,
			text_hash: createHash('sha256').update(said.text).digest('hex'),
			language: 'en',
			redactions: '[]',
			is_non_answer: false,
			queue_position: (await lastQueuePosition(db, engagementId)) + 1,
			in_sample: false,
		},
	]);
	return excerptId;
}
