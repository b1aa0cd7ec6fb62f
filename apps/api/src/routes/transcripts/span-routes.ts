import type { TranscriptKey } from '@throughline/db/queries/transcript';
import { Hono } from 'hono';
import { markSpan, takeBackSpan, takeTurns } from '../../actions/mark-spans.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { readableTranscript } from '../../transcripts/access.ts';
import { readCounts, readTurns } from '../../transcripts/read-for-page.ts';
import {
	type ChangedTurns,
	spanBody,
	spanParam,
	takeBody,
	type TakenTurns,
	transcriptParam,
} from './schema.ts';

/** Words of a checked transcript become excerpts: for whoever may read it. */
export function transcriptSpanRoutes(deps: Deps) {
	const { db } = deps;
	const authorised = authorise('span:mark');
	const readable = async <Key extends TranscriptKey>(c: AppContext, param: Key) => {
		const key = { ...param, personId: staffOf(c).personId };
		const { transcript, reading } = await readableTranscript(db, key, c.var.principal);
		return { key, transcript, reading };
	};
	return new Hono<AppEnv>()
		.post('/', authorised, valid('param', transcriptParam), valid('json', spanBody), async (c) => {
			const { key, transcript, reading } = await readable(c, c.req.valid('param'));
			const { turnIds } = await markSpan(deps, key, c.req.valid('json'));
			const marked: ChangedTurns = {
				turns: await readTurns(db, key, { transcript, reading, ids: turnIds }),
				goneIds: [],
				hasMore: false,
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
				const { key } = await readable(c, c.req.valid('param'));
				const taken: TakenTurns = await takeTurns(deps, key, c.req.valid('json'));
				return c.json(taken, 201);
			},
		)
		.delete('/:spanId', authorised, valid('param', spanParam), async (c) => {
			const { key } = await readable(c, c.req.valid('param'));
			await takeBackSpan(deps, key);
			return c.json({ counts: await readCounts(db, key) }, 200);
		});
}
