import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import type { SpeechJobs } from '../../transcripts/speech-jobs.ts';
import { ownKey } from './routes.ts';
import { sessionParam, speechBody, speechParam } from './schema.ts';
import type { SpeechList } from './speech-schema.ts';

/** Recordings of a session on their way to text, by the command that is set. */
export function speechRoutes(deps: Deps, jobs: SpeechJobs) {
	const authorised = authorise('dialog:run');
	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', sessionParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			const list: SpeechList = { jobs: await jobs.list(key) };
			return c.json(list, 200);
		})
		.post('/', authorised, valid('param', sessionParam), valid('json', speechBody), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			await jobs.start(key, c.req.valid('json'));
			const list: SpeechList = { jobs: await jobs.list(key) };
			return c.json(list, 202);
		})
		.delete('/:recordingId', authorised, valid('param', speechParam), async (c) => {
			const { recordingId, ...key } = await ownKey(deps, c, c.req.valid('param'));
			await jobs.cancel(key, recordingId);
			const list: SpeechList = { jobs: await jobs.list(key) };
			return c.json(list, 200);
		});
}
