import { listRedactionLog } from '@throughline/db/queries/turn-redaction';
import { Hono } from 'hono';
import { reverseRedaction } from '../../actions/decide-redactions.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentLogged } from '../../presenters/present-transcript.ts';
import { timezoneOf } from '../../transcripts/read-for-page.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import { loggedParam, type RedactionLog, reverseBody } from './schema.ts';

const PAGE_SIZE = 50;

/** What was hidden in transcripts, with the words: for the data steward alone. */
export function redactionLogRoutes(deps: Deps) {
	const authorised = authorise('redaction:read');
	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', engagementParam), valid('query', pageQuery), async (c) => {
			const { engagementId } = c.req.valid('param');
			const { page } = c.req.valid('query');
			const found = await listRedactionLog(deps.db, {
				engagementId,
				limit: PAGE_SIZE + 1,
				offset: (page - 1) * PAGE_SIZE,
			});
			const timezone = await timezoneOf(deps.db, engagementId);
			const log: RedactionLog = {
				entries: found.slice(0, PAGE_SIZE).map((entry) => presentLogged(entry, timezone)),
				page,
				hasMore: found.length > PAGE_SIZE,
			};
			return c.json(log, 200);
		})
		.put(
			'/:redactionId',
			authorised,
			valid('param', loggedParam),
			valid('json', reverseBody),
			async (c) => {
				const key = { ...c.req.valid('param'), personId: staffOf(c).personId };
				await reverseRedaction(deps, key, c.req.valid('json').status);
				return c.json({ status: c.req.valid('json').status }, 200);
			},
		);
}
