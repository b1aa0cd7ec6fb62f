import { listFindings, listRecommendations } from '@throughline/db/queries/decisions';
import { listRecommendationVersions } from '@throughline/db/queries/recommendation';
import type { RecommendationStatus } from '@throughline/db/schema';
import { Hono } from 'hono';
import { refuseUnbackedNumbers } from '../../actions/check-recommendation.ts';
import {
	createRecommendation,
	editRecommendation,
	linkFindings,
	moveRecommendation,
} from '../../actions/write-recommendation.ts';
import type { DecisionReader, ReaderFor } from '../../decisions/read-team.ts';
import { listFounded, readEvidence } from '../../decisions/team-evidence.ts';
import { isPublic } from '../../decisions/transitions.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { rolesIn } from '../../policies/principal.ts';
import { presentRecommendation, presentRecommendations } from '../../presenters/recommendation.ts';
import { engagementParam } from '../engagements/schema.ts';
import {
	linksBody,
	type RecommendationBody,
	recommendationBody,
	recommendationChange,
	recommendationParam,
	type RecommendationView,
	statusBody,
} from './schema.ts';

/** Recommendations: what is asked for, what it rests on, and where it stands. */
export function recommendationRoutes(deps: Deps, readerFor: ReaderFor) {
	const { db } = deps;
	const foundedFor = async (reader: DecisionReader, engagementId: string) => {
		const quotes = await reader.quotes(engagementId);
		return await listFounded({ db, team: reader.team }, engagementId, quotes);
	};
	return new Hono<AppEnv>()
		.get('/', authorise('recommendation:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const reader = readerFor(c.var.principal);
			const rows = await listRecommendations(db, engagementId);
			return c.json(presentRecommendations(rows, await foundedFor(reader, engagementId)), 200);
		})
		.post(
			'/',
			authorise('recommendation:write'),
			valid('param', engagementParam),
			valid('json', recommendationBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const body = c.req.valid('json');
				const { personId } = staffOf(c);
				return c.json(await createRecommendation(deps, engagementId, { body, personId }), 201);
			},
		)
		.get(
			'/:recommendationId',
			authorise('recommendation:read'),
			valid('param', recommendationParam),
			async (c) => c.json(await readView(c, c.req.valid('param')), 200),
		)
		.put(
			'/:recommendationId',
			authorise('recommendation:write'),
			valid('param', recommendationParam),
			valid('json', recommendationChange),
			async (c) => {
				const { version, ...body } = c.req.valid('json');
				const { personId } = staffOf(c);
				await refuseNumbers(c, c.req.valid('param'), body);
				await editRecommendation(deps, c.req.valid('param'), { body, version, personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.post(
			'/:recommendationId/status',
			authorise('recommendation:approve'),
			valid('param', recommendationParam),
			valid('json', statusBody),
			async (c) => {
				const key = c.req.valid('param');
				const body = c.req.valid('json');
				await refuseNumbers(c, key, body);
				await moveRecommendation(deps, key, {
					...body,
					personId: staffOf(c).personId,
					roles: rolesIn(c.var.principal, key.engagementId),
					founded: await foundedFor(readerFor(c.var.principal), key.engagementId),
				});
				return c.json({ status: body.status }, 200);
			},
		)
		.put(
			'/:recommendationId/findings',
			authorise('recommendation:write'),
			valid('param', recommendationParam),
			valid('json', linksBody),
			async (c) => {
				const key = c.req.valid('param');
				const founded = await foundedFor(readerFor(c.var.principal), key.engagementId);
				const { personId } = staffOf(c);
				await linkFindings(deps, key, { ...c.req.valid('json'), personId, founded });
				return c.json({ status: 'linked' as const }, 200);
			},
		);

	/** The words as they would stand, where the public would read them. */
	async function refuseNumbers(
		c: AppContext,
		{ engagementId, recommendationId }: { engagementId: string; recommendationId: string },
		change: Partial<RecommendationBody & { status: RecommendationStatus; reason: string | null }>,
	): Promise<void> {
		const rows = await listRecommendations(db, engagementId);
		const row = rows.find((own) => own.id === recommendationId);
		const words = { ...row, ...change };
		if (row && words.status && isPublic(words.status)) {
			const own = { db, reader: readerFor(c.var.principal) };
			const { findingIds } = row;
			await refuseUnbackedNumbers(own, engagementId, { words, findingIds });
		}
	}

	async function readView(
		c: AppContext,
		key: { engagementId: string; recommendationId: string },
	): Promise<RecommendationView> {
		const { engagementId } = key;
		const rows = await listRecommendations(db, engagementId);
		const row = rows.find((own) => own.id === key.recommendationId);
		if (!row) {
			throw notFound();
		}
		const reader = readerFor(c.var.principal);
		const findings = await listFindings(db, engagementId);
		const quotes = await reader.quotes(engagementId);
		const evidence = new Map<string, Awaited<ReturnType<typeof readEvidence>>>();
		for (const finding of findings.filter(({ id }) => row.findingIds.includes(id))) {
			const own = await readEvidence(reader.team, engagementId, { ...finding, quotes });
			evidence.set(finding.id, own);
		}
		return presentRecommendation(row, {
			findings,
			evidence,
			founded: await foundedFor(reader, engagementId),
			windows: await reader.windows(engagementId),
			versions: await listRecommendationVersions(db, key),
			roles: rolesIn(c.var.principal, engagementId),
		});
	}
}
