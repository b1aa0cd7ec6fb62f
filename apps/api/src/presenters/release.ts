import type { listReleases } from '@throughline/db/queries/release';
import type { ReadRelease } from '../actions/read-release.ts';
import type { ReleaseDetail, ReleaseSummary } from '../routes/releases/schema.ts';
import { presentRelease } from './public-release.ts';

type Row = Pick<
	Awaited<ReturnType<typeof listReleases>>[number],
	'id' | 'slug' | 'title' | 'status' | 'window_id' | 'frozen_at' | 'created_at'
>;

/** A release in a list. */
export function presentReleaseSummary(row: Row): ReleaseSummary {
	return {
		id: row.id,
		slug: row.slug,
		title: row.title,
		status: row.status,
		windowId: row.window_id,
		frozenAt: row.frozen_at?.toISOString() ?? null,
		createdAt: row.created_at.toISOString(),
	};
}

/** A release with its approvals, what stands in its way, and what the public would read. */
export function presentReleaseDetail(read: ReadRelease): ReleaseDetail {
	const { release } = read;
	return {
		...presentReleaseSummary(release),
		bodyHash: release.body_hash,
		approvals: release.approvals.map((approval) => ({
			name: approval.name,
			role: approval.role,
			at: approval.created_at.toISOString(),
			isOfThisBody: approval.body_hash === release.body_hash,
		})),
		problems: read.problems,
		hasChanged: read.hasChanged,
		preview: presentRelease(release, read.body, 'en'),
	};
}
