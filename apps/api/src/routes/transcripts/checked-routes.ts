import { listCheckedTranscripts } from '@throughline/db/queries/transcript';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { rolesIn } from '../../policies/principal.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import type { CheckedTranscripts } from './schema.ts';

const PAGE_SIZE = 50;

/** The checked transcripts a person may mark excerpts in: a coder all, a facilitator their own. */
export function checkedTranscriptRoutes({ db }: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>().get(
		'/',
		authorise('transcript:read'),
		valid('param', engagementParam),
		valid('query', pageQuery),
		async (c) => {
			const { engagementId } = c.req.valid('param');
			const { page } = c.req.valid('query');
			const isCoder = rolesIn(c.var.principal, engagementId).includes('coder');
			const found = await listCheckedTranscripts(db, {
				engagementId,
				onDuty: isCoder ? null : staffOf(c).personId,
				limit: PAGE_SIZE + 1,
				offset: (page - 1) * PAGE_SIZE,
			});
			const list: CheckedTranscripts = {
				transcripts: found.slice(0, PAGE_SIZE).map(({ sessionId, sessionKey, ...transcript }) => ({
					...transcript,
					session: { id: sessionId, key: sessionKey },
				})),
				page,
				hasMore: found.length > PAGE_SIZE,
			};
			return c.json(list, 200);
		},
	);
}
