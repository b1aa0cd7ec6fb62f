import { findRecording } from '@throughline/db/queries/recording';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { ownSession } from '../../dialogs/own-session.ts';
import { AppError, notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { createUploads } from '../../recordings/uploads.ts';
import { refuseOtherDevice } from './routes.ts';
import { uploadParam } from './schema.ts';

const MB = 1024 * 1024;

/** Where an announced recording is sent to, by tus 1.0: HEAD says how much is there. */
export function uploadRoutes(deps: Deps) {
	const { db, recordings, config } = deps;
	const uploads = createUploads(recordings.files.incoming, {
		maxBytes: config.MAX_RECORDING_MB * MB,
	});
	async function refuseOthers(
		c: AppContext,
		ids: { engagementId: string; recordingId: string },
	): Promise<void> {
		const recording = await findRecording(db, ids);
		if (!recording) {
			throw notFound();
		}
		const { personId } = staffOf(c);
		await ownSession(deps, { ...ids, sessionId: recording.session_id, personId });
		await refuseOtherDevice(deps, c, recording);
		if (recording.status !== 'announced') {
			throw new AppError('recording_received', 409, 'All of this recording is here already.');
		}
	}

	return new Hono<AppEnv>()
		.get('/:recordingId', authorise('dialog:run'), valid('param', uploadParam), async (c) => {
			await refuseOthers(c, c.req.valid('param'));
			if (c.req.raw.method !== 'HEAD') {
				throw notFound();
			}
			return uploads(c.req.raw);
		})
		.post('/:recordingId', authorise('dialog:run'), valid('param', uploadParam), async (c) => {
			await refuseOthers(c, c.req.valid('param'));
			return uploads(c.req.raw);
		})
		.patch('/:recordingId', authorise('dialog:run'), valid('param', uploadParam), async (c) => {
			await refuseOthers(c, c.req.valid('param'));
			return uploads(c.req.raw);
		});
}
