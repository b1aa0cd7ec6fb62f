import { findCodebook, listThemes } from '@throughline/db/queries/codebook';
import { Hono } from 'hono';
import { editTheme } from '../../actions/edit-theme.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { may } from '../../policies/verbs.ts';
import { presentCodebook, presentReliability } from '../../presenters/present-codebook.ts';
import { engagementParam } from '../engagements/schema.ts';
import { themeBody, themeParam } from './schema.ts';

/** The themes answers are coded with, and how well coders agree on each. */
export function codebookRoutes(deps: Deps) {
	const { db, suggestions } = deps;
	return new Hono<AppEnv>()
		.get('/', authorise('codebook:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const codebook = await findCodebook(db, engagementId);
			if (!codebook) {
				throw notFound();
			}
			const canEdit = may(c.var.principal, 'codebook:edit', engagementId);
			const themes = await listThemes(db, engagementId);
			return c.json(presentCodebook(codebook, themes, { canEdit }), 200);
		})
		.get('/reliability', authorise('codebook:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			return c.json(presentReliability(await suggestions.agreement(engagementId)), 200);
		})
		.put(
			'/themes/:themeId',
			authorise('codebook:edit'),
			valid('param', themeParam),
			valid('json', themeBody),
			async (c) => {
				const words = c.req.valid('json');
				const { personId } = staffOf(c);
				await editTheme(deps, c.req.valid('param'), { words, personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		);
}
