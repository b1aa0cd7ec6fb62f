import { Hono } from 'hono';
import { addRedaction, decideRedaction } from '../../actions/decide-redactions.ts';
import { editTurn, stepEdit } from '../../actions/edit-turn.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { needTranscript } from '../../transcripts/access.ts';
import { readCounts, readTurns } from '../../transcripts/read-for-page.ts';
import { ownKey } from './routes.ts';
import {
	type ChangedTurns,
	decisionBody,
	editBody,
	hideBody,
	redactionParam,
	transcriptParam,
} from './schema.ts';

const MAX_TOLD = 400;

type Key = Parameters<typeof readCounts>[1];

/** Editing a draft: its turns, and what is hidden in them. Every change can be undone. */
export function transcriptEditRoutes(deps: Deps) {
	const { db } = deps;
	const authorised = authorise('dialog:run');
	const changed = async (
		key: Key,
		{ turnIds, goneIds = [] }: { turnIds: string[]; goneIds?: string[] },
	): Promise<ChangedTurns> => {
		const transcript = await needTranscript(db, key);
		// Many turns can be touched at once; the page asks for the others.
		const ids = turnIds.slice(0, MAX_TOLD);
		return {
			turns: await readTurns(db, key, { transcript, reading: 'all', ids }),
			goneIds: goneIds.slice(0, MAX_TOLD),
			hasMore: Math.max(turnIds.length, goneIds.length) > MAX_TOLD,
			counts: await readCounts(db, key),
		};
	};
	return new Hono<AppEnv>()
		.post(
			'/edits',
			authorised,
			valid('param', transcriptParam),
			valid('json', editBody),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				const { turnId, version, ...edit } = c.req.valid('json');
				const outcome = await editTurn(deps, key, { seen: { turnId, version }, edit });
				return c.json(await changed(key, outcome), 200);
			},
		)
		.post('/undo', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			return c.json(await changed(key, await stepEdit(deps, key, 'undo')), 200);
		})
		.post('/redo', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			return c.json(await changed(key, await stepEdit(deps, key, 'redo')), 200);
		})
		.post(
			'/redactions',
			authorised,
			valid('param', transcriptParam),
			valid('json', hideBody),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				const { turnId, version, ...span } = c.req.valid('json');
				const turnIds = await addRedaction(deps, key, { seen: { turnId, version }, span });
				return c.json(await changed(key, { turnIds }), 201);
			},
		)
		.put(
			'/redactions/:redactionId',
			authorised,
			valid('param', redactionParam),
			valid('json', decisionBody),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				const turnIds = await decideRedaction(deps, key, c.req.valid('json'));
				return c.json(await changed(key, { turnIds }), 200);
			},
		);
}
