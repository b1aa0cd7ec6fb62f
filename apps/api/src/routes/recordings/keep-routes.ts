import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findRecording, type Recording } from '@throughline/db/queries/recording';
import { Hono } from 'hono';
import { deleteRecording } from '../../actions/delete-recording.ts';
import type { Deps } from '../../deps.ts';
import { keptSession } from '../../dialogs/kept-session.ts';
import { AppError, notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { sendRange } from '../../http/send-range.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { startPreparing } from '../../jobs/prepare-recordings.ts';
import { presentRecording } from '../../presenters/present-recording.ts';
import { readHeard } from '../../recordings/heard.ts';
import { mergeOf, type SessionSound } from '../../recordings/merge.ts';
import { mayHaveOriginal, originalName, originalPart } from '../../recordings/original-audio.ts';
import { playableAudio } from '../../recordings/playable-audio.ts';
import { readSessionSound } from '../../recordings/session-sound.ts';
import { notPlayable } from './routes.ts';
import {
	audioQuery,
	deleteBody,
	originalQuery,
	type RecordingList,
	recordingParam,
	sessionParam,
} from './schema.ts';

/** The sound of one session, for those who look after it: on duty there, or data steward. */
export function keepRoutes(deps: Deps) {
	const { db, recordings } = deps;
	const authorised = authorise('recording:keep');
	async function recordingOf(
		c: AppContext,
		ids: { engagementId: string; sessionId: string; recordingId: string },
	) {
		const kept = await keptSession(deps, staffOf(c), ids);
		const recording = await findRecording(db, ids);
		if (recording?.session_id !== ids.sessionId) {
			throw notFound();
		}
		return { recording, ...kept };
	}
	async function view(
		recording: Recording,
		{ sound, isSteward }: { sound: SessionSound; isSteward: boolean },
	) {
		const { files } = recordings;
		const merge = mergeOf(recording, sound);
		const key = { engagementId: recording.engagement_id, recordingId: recording.id };
		return presentRecording(recording, {
			sound,
			merge,
			audio: await playableAudio(recordings, recording, { merge }),
			heard: await readHeard(files, key, merge),
			hasFfmpeg: (await recordings.ffmpeg()) !== null,
			isSteward,
		});
	}

	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', sessionParam), async (c) => {
			const key = c.req.valid('param');
			const kept = await keptSession(deps, staffOf(c), key);
			const sound = await readSessionSound(db, key);
			const list: RecordingList = {
				recordings: await Promise.all(sound.recordings.map((row) => view(row, { ...kept, sound }))),
			};
			return c.json(list, 200);
		})
		.get('/:recordingId', authorised, valid('param', recordingParam), async (c) => {
			const ids = c.req.valid('param');
			const { recording, ...kept } = await recordingOf(c, ids);
			const sound = await readSessionSound(db, ids);
			return c.json(await view(recording, { ...kept, sound }), 200);
		})
		.get(
			'/:recordingId/audio',
			authorised,
			valid('param', recordingParam),
			valid('query', audioQuery),
			async (c) => {
				const ids = c.req.valid('param');
				const { recording } = await recordingOf(c, ids);
				const merge = mergeOf(recording, await readSessionSound(db, ids));
				const { segment } = c.req.valid('query');
				const audio = await playableAudio(recordings, recording, { merge, segment });
				if (audio.type === 'copy' || audio.type === 'original') {
					return sendRange(c, audio);
				}
				startPreparing(deps);
				throw notPlayable(audio.type);
			},
		)
		.get(
			'/:recordingId/original',
			authorise('recording:fetch'),
			valid('param', recordingParam),
			valid('query', originalQuery),
			async (c) => {
				const ids = c.req.valid('param');
				const { segment } = c.req.valid('query');
				const { recording, session, isSteward } = await recordingOf(c, ids);
				const part = await originalPart(recordings, recording, segment);
				if (part === null) {
					throw notFound();
				}
				const { cuts } = mergeOf(recording, await readSessionSound(db, ids));
				if (!mayHaveOriginal(recording, { cuts, isSteward })) {
					throw new AppError(
						'original_holds_more',
						409,
						'The original holds what was taken back or hidden. The copy to play can be downloaded.',
					);
				}
				await writeAuditEntry(db, {
					engagementId: ids.engagementId,
					id: deps.random.uuid7(),
					personId: staffOf(c).personId,
					action: 'recording.downloaded',
					target: ids.recordingId,
					detail: { part: segment + 1 },
				});
				const answer = sendRange(c, part);
				const name = originalName(session.key, part.mime, segment);
				answer.headers.set('content-disposition', `attachment; filename="${name}"`);
				return answer;
			},
		)
		.delete(
			'/:recordingId',
			authorised,
			valid('param', recordingParam),
			valid('json', deleteBody),
			async (c) => {
				const ids = c.req.valid('param');
				const { reason } = c.req.valid('json');
				const { recording } = await recordingOf(c, ids);
				if (recording.status !== 'deleted') {
					const { personId } = staffOf(c);
					await deleteRecording(deps, { ...ids, personId, why: 'by_hand', reason });
				}
				return c.json({ id: recording.id }, 200);
			},
		);
}
