import { findFinding, listFindings, listRecommendations } from '@throughline/db/queries/decisions';
import { Hono } from 'hono';
import {
	archiveFinding,
	backToDraft,
	callReady,
	createFinding,
	editFinding,
} from '../../actions/write-finding.ts';
import type { ReaderFor } from '../../decisions/read-team.ts';
import { readEvidence } from '../../decisions/team-evidence.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { may } from '../../policies/verbs.ts';
import {
	presentFinding,
	presentFindingOptions,
	presentFindingSummary,
} from '../../presenters/finding.ts';
import { engagementParam } from '../engagements/schema.ts';
import {
	findingBody,
	findingChange,
	type FindingList,
	findingParam,
	versionBody,
} from './schema.ts';

/** The newest of them are offered: nobody reads more to choose one. */
const MOST_QUOTES = 300;

/** Findings: sentences with the tables, themes and quotes they rest on. */
export function findingRoutes(deps: Deps, readerFor: ReaderFor) {
	const { db } = deps;
	const writingOf = async (c: AppContext, engagementId: string) => {
		const reader = readerFor(c.var.principal);
		const { personId } = staffOf(c);
		const writer = { personId, quotes: await reader.quotes(engagementId) };
		return { own: { ...deps, team: reader.team }, writer };
	};
	return new Hono<AppEnv>()
		.get('/', authorise('finding:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const reader = readerFor(c.var.principal);
			const quotes = await reader.quotes(engagementId);
			const seesAll = may(c.var.principal, 'recommendation:read', engagementId);
			const recommendations = seesAll ? await listRecommendations(db, engagementId) : [];
			const findings = await listFindings(db, engagementId);
			const archived = await listFindings(db, engagementId, { isArchived: true });
			const list: FindingList = {
				findings: findings.map((finding) =>
					presentFindingSummary(finding, { quotes, recommendations }),
				),
				archived: archived.map(({ id, sentence, version }) => ({ id, sentence, version })),
			};
			return c.json(list, 200);
		})
		.get('/options', authorise('finding:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const reader = readerFor(c.var.principal);
			const windows = await reader.windows(engagementId);
			const quotes = await reader.quotes(engagementId);
			return c.json(presentFindingOptions(windows, quotes.slice(-MOST_QUOTES)), 200);
		})
		.post(
			'/',
			authorise('finding:write'),
			valid('param', engagementParam),
			valid('json', findingBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const body = c.req.valid('json');
				const { own, writer } = await writingOf(c, engagementId);
				return c.json(await createFinding(own, engagementId, { body, writer }), 201);
			},
		)
		.get('/:findingId', authorise('finding:read'), valid('param', findingParam), async (c) => {
			const key = c.req.valid('param');
			const { engagementId } = key;
			const finding = await findFinding(db, key);
			if (!finding) {
				throw notFound();
			}
			const reader = readerFor(c.var.principal);
			const quotes = await reader.quotes(engagementId);
			const view = presentFinding(finding, {
				evidence: await readEvidence(reader.team, engagementId, { ...finding, quotes }),
				windows: await reader.windows(engagementId),
				recommendations: await listRecommendations(db, engagementId),
				seesRecommendations: may(c.var.principal, 'recommendation:read', engagementId),
			});
			return c.json(view, 200);
		})
		.put(
			'/:findingId',
			authorise('finding:write'),
			valid('param', findingParam),
			valid('json', findingChange),
			async (c) => {
				const key = c.req.valid('param');
				const { version, ...body } = c.req.valid('json');
				const { own, writer } = await writingOf(c, key.engagementId);
				await editFinding(own, key, { body, version, writer });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.post(
			'/:findingId/ready',
			authorise('finding:write'),
			valid('param', findingParam),
			valid('json', versionBody),
			async (c) => {
				const key = c.req.valid('param');
				const { own, writer } = await writingOf(c, key.engagementId);
				await callReady(own, key, { ...c.req.valid('json'), writer });
				return c.json({ status: 'ready' as const }, 200);
			},
		)
		.post(
			'/:findingId/draft',
			authorise('finding:write'),
			valid('param', findingParam),
			valid('json', versionBody),
			async (c) => {
				const key = c.req.valid('param');
				const { own, writer } = await writingOf(c, key.engagementId);
				await backToDraft(own, key, { ...c.req.valid('json'), writer });
				return c.json({ status: 'draft' as const }, 200);
			},
		)
		.post(
			'/:findingId/archive',
			authorise('finding:write'),
			valid('param', findingParam),
			valid('json', versionBody),
			async (c) => {
				const { version } = c.req.valid('json');
				const { personId } = staffOf(c);
				await archiveFinding(deps, c.req.valid('param'), { isArchived: true, version, personId });
				return c.json({ status: 'archived' as const }, 200);
			},
		)
		.post(
			'/:findingId/restore',
			authorise('finding:write'),
			valid('param', findingParam),
			valid('json', versionBody),
			async (c) => {
				const { version } = c.req.valid('json');
				const { personId } = staffOf(c);
				await archiveFinding(deps, c.req.valid('param'), { isArchived: false, version, personId });
				return c.json({ status: 'draft' as const }, 200);
			},
		);
}
