import { listReleases } from '@throughline/db/queries/release';
import { listOpenedWindows } from '@throughline/db/queries/results';
import { Hono } from 'hono';
import { approveRelease } from '../../actions/approve-release.ts';
import { prepareRelease } from '../../actions/prepare-release.ts';
import { readRelease } from '../../actions/read-release.ts';
import type { Deps } from '../../deps.ts';
import { AppError } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { rolesIn } from '../../policies/principal.ts';
import {
	presentReleaseDetail,
	presentReleaseOptions,
	presentReleaseSummary,
} from '../../presenters/release.ts';
import { verifyRelease } from '../../releases/verify-release.ts';
import { createResultsReader, type ResultsReader } from '../../results/read-window.ts';
import { approvalBody, detailQuery, engagementParam, releaseBody, releaseParam } from './schema.ts';

/**
 * Releases as the team prepares, checks and approves them. To approve and to verify is to count
 * again: neither uses what the shared reader remembers.
 */
export function releaseRoutes(deps: Pick<Deps, 'db' | 'random' | 'clock'>, results: ResultsReader) {
	return new Hono<AppEnv>()
		.get('/', authorise('release:read'), valid('param', engagementParam), async (c) => {
			const releases = await listReleases(deps.db, c.req.valid('param').engagementId);
			return c.json({ releases: releases.map(presentReleaseSummary) }, 200);
		})
		.get('/options', authorise('release:prepare'), valid('param', engagementParam), async (c) => {
			const windows = await listOpenedWindows(deps.db, c.req.valid('param').engagementId);
			return c.json(presentReleaseOptions(windows), 200);
		})
		.post(
			'/',
			authorise('release:prepare'),
			valid('param', engagementParam),
			valid('json', releaseBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const prepared = await prepareRelease(deps, results, {
					...c.req.valid('json'),
					engagementId,
					releaseId: null,
					personId: personOf(c),
				});
				return c.json(prepared, 201);
			},
		)
		.put(
			'/:releaseId',
			authorise('release:prepare'),
			valid('param', releaseParam),
			valid('json', releaseBody),
			async (c) => {
				const prepared = await prepareRelease(deps, results, {
					...c.req.valid('json'),
					...c.req.valid('param'),
					personId: personOf(c),
				});
				return c.json(prepared, 200);
			},
		)
		.get(
			'/:releaseId',
			authorise('release:read'),
			valid('param', releaseParam),
			valid('query', detailQuery),
			async (c) => {
				const release = await readRelease(deps, results, c.req.valid('param'));
				const { language } = c.req.valid('query');
				return c.json({ release: presentReleaseDetail(release, language) }, 200);
			},
		)
		.post(
			'/:releaseId/approvals',
			authorise('release:approve'),
			valid('param', releaseParam),
			valid('json', approvalBody),
			async (c) => {
				const key = c.req.valid('param');
				const status = await approveRelease(deps, createResultsReader(deps.db), {
					...key,
					...c.req.valid('json'),
					personId: personOf(c),
					roles: rolesIn(c.var.principal, key.engagementId),
				});
				return c.json({ status }, 200);
			},
		)
		.get(
			'/:releaseId/verification',
			authorise('release:read'),
			valid('param', releaseParam),
			async (c) => {
				const verified = await verifyRelease(
					deps.db,
					createResultsReader(deps.db),
					c.req.valid('param'),
				);
				return c.json(verified, 200);
			},
		);
}

function personOf(c: AppContext): string {
	const { principal } = c.var;
	if (principal.type === 'public') {
		throw new AppError('sign_in_required', 401, 'Sign in to go on.');
	}
	return principal.personId;
}
