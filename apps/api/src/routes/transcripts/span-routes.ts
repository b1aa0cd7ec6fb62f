import { Hono } from 'hono';
import { markSpan, takeBackSpan, takeTurns } from '../../actions/mark-spans.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { needTranscript } from '../../transcripts/access.ts';
import { readCounts, readTurns } from '../../transcripts/read-for-page.ts';
import { ownKey } from './routes.ts';
import {
	type ChangedTurns,
	spanBody,
	spanParam,
	takeBody,
	type TakenTurns,
	transcriptParam,
} from './schema.ts';

/** Words of a checked transcript become excerpts: for whoever was on duty in the session. */
export function transcriptSpanRoutes(deps: Deps) {
	const { db } = deps;
	const authorised = authorise('span:mark');
	return new Hono<AppEnv>()
		.post('/', authorised, valid('param', transcriptParam), valid('json', spanBody), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			const { turnIds } = await markSpan(deps, key, c.req.valid('json'));
			const transcript = await needTranscript(db, key);
			const marked: ChangedTurns = {
				turns: await readTurns(db, key, { transcript, ids: turnIds }),
				goneIds: [],
				counts: await readCounts(db, key),
			};
			return c.json(marked, 201);
		})
		.post(
			'/take',
			authorised,
			valid('param', transcriptParam),
			valid('json', takeBody),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				const taken: TakenTurns = await takeTurns(deps, key, c.req.valid('json'));
				return c.json(taken, 201);
			},
		)
		.delete('/:spanId', authorised, valid('param', spanParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			await takeBackSpan(deps, key);
			return c.json({ counts: await readCounts(db, key) }, 200);
		});
}
