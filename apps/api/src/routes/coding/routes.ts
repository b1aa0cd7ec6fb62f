import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { type CoderKey, findDecision, findStep, listDecided } from '@throughline/db/queries/coding';
import {
	bringBack,
	findExcerpt,
	listBlanks,
	listNextExcerpts,
	readPace,
	readProgress,
} from '@throughline/db/queries/coding-queue';
import { countDisagreements } from '@throughline/db/queries/disagreement';
import { Hono } from 'hono';
import { decideExcerpt, MAX_THEMES, stepDecision } from '../../actions/decide-excerpt.ts';
import { revealSuggestions } from '../../actions/reveal-suggestions.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import {
	presentBrief,
	presentExcerpt,
	presentSuggestions,
} from '../../presenters/present-coding.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import {
	type BlankList,
	type CodingDesk,
	type DecidedList,
	decisionBody,
	excerptParam,
	type NextExcerpts,
	nextQuery,
	type OpenExcerpt,
	type SteppedDecision,
} from './schema.ts';

const PAGE_SIZE = 25;

/**
 * A coder at work. Everything here is about the one who asks: nothing tells what another coder
 * decided, or what the suggestions say, before they have decided themselves.
 */
export function codingRoutes(deps: Deps) {
	const { db } = deps;
	const authorised = authorise('excerpt:code');
	const readOpen = async (key: CoderKey & { excerptId: string }): Promise<OpenExcerpt> => {
		const excerpt = await findExcerpt(db, key);
		if (!excerpt) {
			throw notFound();
		}
		return { excerpt: presentExcerpt(excerpt), decision: await findDecision(db, key) };
	};
	const step = async (c: AppContext, engagementId: string, direction: 'undo' | 'redo') => {
		const coder = coderOf(c, engagementId);
		const { excerptId } = await stepDecision(deps, coder, direction);
		const open = await readOpen({ ...coder, excerptId });
		const { blanks: _, ...progress } = await readProgress(db, coder);
		const stepped: SteppedDecision = { ...open, progress, ...(await readHistory(deps, coder)) };
		return c.json(stepped, 200);
	};
	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', engagementParam), async (c) => {
			const coder = coderOf(c, c.req.valid('param').engagementId);
			const { blanks, ...progress } = await readProgress(db, coder);
			const desk: CodingDesk = {
				progress,
				pace: await readPace(db, coder),
				...(await readHistory(deps, coder)),
				disagreements: await countDisagreements(db, coder),
				blanks,
				maxThemes: MAX_THEMES,
			};
			return c.json(desk, 200);
		})
		.get(
			'/next',
			authorised,
			valid('param', engagementParam),
			valid('query', nextQuery),
			async (c) => {
				const coder = coderOf(c, c.req.valid('param').engagementId);
				const found = await listNextExcerpts(db, coder, c.req.valid('query'));
				const next: NextExcerpts = { excerpts: found.map(presentExcerpt) };
				return c.json(next, 200);
			},
		)
		.get(
			'/decided',
			authorised,
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const coder = coderOf(c, c.req.valid('param').engagementId);
				const { page } = c.req.valid('query');
				const found = await listDecided(db, coder, pageOf(page));
				const list: DecidedList = {
					decided: found.slice(0, PAGE_SIZE).map((row) => ({
						...presentBrief(row),
						themeIds: row.themeIds,
						sawSuggestions: row.sawSuggestions,
					})),
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.get(
			'/blanks',
			authorised,
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const found = await listBlanks(db, engagementId, pageOf(page));
				const list: BlankList = {
					blanks: found.slice(0, PAGE_SIZE).map(presentExcerpt),
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.post('/blanks/:excerptId', authorised, valid('param', excerptParam), async (c) => {
			const key = c.req.valid('param');
			await db.transaction().execute(async (trx) => {
				if (!(await bringBack(trx, key))) {
					throw notFound();
				}
				await writeAuditEntry(trx, {
					engagementId: key.engagementId,
					id: deps.random.uuid7(),
					personId: staffOf(c).personId,
					action: 'excerpt.brought_back',
					target: key.excerptId,
				});
			});
			return c.json({ status: 'brought_back' as const }, 200);
		})
		.get('/excerpts/:excerptId', authorised, valid('param', excerptParam), async (c) => {
			const { engagementId, excerptId } = c.req.valid('param');
			return c.json(await readOpen({ ...coderOf(c, engagementId), excerptId }), 200);
		})
		.put(
			'/excerpts/:excerptId/decision',
			authorised,
			valid('param', excerptParam),
			valid('json', decisionBody),
			async (c) => {
				const { engagementId, excerptId } = c.req.valid('param');
				const key = { ...coderOf(c, engagementId), excerptId };
				return c.json(await decideExcerpt(deps, key, c.req.valid('json').themeIds), 200);
			},
		)
		.post(
			'/excerpts/:excerptId/suggestions',
			authorised,
			valid('param', excerptParam),
			async (c) => {
				const { engagementId, excerptId } = c.req.valid('param');
				const key = { ...coderOf(c, engagementId), excerptId };
				return c.json(presentSuggestions(await revealSuggestions(deps, key)), 200);
			},
		)
		.post('/undo', authorised, valid('param', engagementParam), (c) =>
			step(c, c.req.valid('param').engagementId, 'undo'),
		)
		.post('/redo', authorised, valid('param', engagementParam), (c) =>
			step(c, c.req.valid('param').engagementId, 'redo'),
		);
}

export function coderOf(c: AppContext, engagementId: string): CoderKey {
	return { engagementId, coderId: staffOf(c).personId };
}

async function readHistory({ db }: Deps, coder: CoderKey) {
	return {
		canUndo: (await findStep(db, coder, 'undo')) !== undefined,
		canRedo: (await findStep(db, coder, 'redo')) !== undefined,
	};
}

/** One more than a page holds tells whether there is a next one. */
function pageOf(page: number) {
	return { limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
}
