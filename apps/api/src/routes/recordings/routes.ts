import { findRecording } from '@throughline/db/queries/recording';
import { Hono } from 'hono';
import { announceRecording } from '../../actions/announce-recording.ts';
import { verifyRecording } from '../../actions/verify-recording.ts';
import type { Deps } from '../../deps.ts';
import { deviceOf } from '../../dialogs/device-of.ts';
import { ownSession } from '../../dialogs/own-session.ts';
import { AppError, notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { sendRange } from '../../http/send-range.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { startPreparing } from '../../jobs/prepare-recordings.ts';
import { mergeOf } from '../../recordings/merge.ts';
import { sizeOf } from '../../recordings/recording-files.ts';
import { readSessionSound } from '../../recordings/session-sound.ts';
import { announceBody, recordingParam, sessionParam, verifyBody } from './schema.ts';

interface Ids {
	engagementId: string;
	sessionId: string;
	recordingId: string;
}

/** The sound of one session on its way in, for the facilitators on duty in it. */
export function recordingRoutes(deps: Deps) {
	const { db, recordings } = deps;
	const sessionOf = (c: AppContext, key: Pick<Ids, 'engagementId' | 'sessionId'>) =>
		ownSession(deps, { ...key, personId: staffOf(c).personId });
	async function recordingOf(c: AppContext, ids: Ids) {
		await sessionOf(c, ids);
		const recording = await findRecording(db, ids);
		if (recording?.session_id !== ids.sessionId) {
			throw notFound();
		}
		return recording;
	}

	return new Hono<AppEnv>()
		.post(
			'/',
			authorise('dialog:run'),
			valid('param', sessionParam),
			valid('json', announceBody),
			async (c) => {
				const session = await sessionOf(c, c.req.valid('param'));
				const { manifest, source, ...body } = c.req.valid('json');
				const device = source === 'file' ? null : await deviceOf(deps, c, session.engagement_id);
				const slices = manifest.slices.map(([segment, bytes, sha256, startMs, endMs], number) => ({
					number,
					segment,
					bytes,
					sha256,
					startMs,
					endMs,
				}));
				const recording = await announceRecording(deps, session, {
					...body,
					deviceId: device?.id ?? null,
					personId: staffOf(c).personId,
					manifest: { slices, gaps: manifest.gaps },
				});
				return c.json({ id: recording.id, status: recording.status }, 200);
			},
		)
		.post(
			'/:recordingId/verify',
			authorise('dialog:run'),
			valid('param', recordingParam),
			valid('json', verifyBody),
			async (c) => {
				const recording = await recordingOf(c, c.req.valid('param'));
				await refuseOtherDevice(deps, c, recording);
				const { personId } = staffOf(c);
				const stored = await verifyRecording(deps, recording, {
					...c.req.valid('json'),
					personId,
				});
				startPreparing(deps);
				const { status, bytes, sha256, problem } = stored;
				return c.json({ status, bytes, sha256, problem }, 200);
			},
		)
		.get(
			'/:recordingId/peaks',
			authorise('dialog:run'),
			valid('param', recordingParam),
			async (c) => {
				const ids = c.req.valid('param');
				const recording = await recordingOf(c, ids);
				const merge = mergeOf(recording, await readSessionSound(db, ids));
				const path = recordings.files.peaks(ids, merge);
				const size = await sizeOf(path);
				if (size === null) {
					startPreparing(deps);
					throw notPlayable((await recordings.ffmpeg()) === null ? 'needs_ffmpeg' : 'preparing');
				}
				return sendRange(c, { path, mime: 'application/octet-stream', from: 0, to: size });
			},
		);
}

/** The sound of a tablet is sent by that tablet. @throws AppError 401, or 404 for another one. */
export async function refuseOtherDevice(
	deps: Deps,
	c: AppContext,
	recording: { engagement_id: string; device_id: string | null },
): Promise<void> {
	if (recording.device_id === null) {
		return;
	}
	const device = await deviceOf(deps, c, recording.engagement_id);
	if (device.id !== recording.device_id) {
		throw notFound();
	}
}

/** Why there is nothing to send. @returns 409 while a copy is wanted, 404 otherwise. */
export function notPlayable(why: 'preparing' | 'needs_ffmpeg' | 'none'): AppError {
	if (why === 'preparing') {
		return new AppError('audio_not_ready', 409, 'The copy to play is being made. Try again soon.');
	}
	if (why === 'needs_ffmpeg') {
		return new AppError(
			'audio_needs_ffmpeg',
			409,
			'This needs ffmpeg on the server, and there is none. The sound is kept until there is.',
		);
	}
	return notFound();
}
