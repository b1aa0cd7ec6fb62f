import type { listReleases } from '@throughline/db/queries/release';
import type { listOpenedWindows } from '@throughline/db/queries/results';
import type { ReadRelease } from '../actions/read-release.ts';
import type { ChartLanguage } from '../results/charts/words.ts';
import type { ReleaseDetail, ReleaseOptions, ReleaseSummary } from '../routes/releases/schema.ts';
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

/** The windows a release can be prepared of. */
export function presentReleaseOptions(
	windows: Awaited<ReturnType<typeof listOpenedWindows>>,
): ReleaseOptions {
	return {
		windows: windows.map((window) => ({
			id: window.id,
			label: window.label,
			closedOn: window.closes_at.toISOString().slice(0, 10),
		})),
	};
}

/** A release with its approvals, what stands in its way, and what the public would read. */
export function presentReleaseDetail(read: ReadRelease, language: ChartLanguage): ReleaseDetail {
	const { release } = read;
	return {
		...presentReleaseSummary(release),
		bodyHash: release.body_hash,
		approvals: release.approvals.map((approval) => ({
			personId: approval.person_id,
			name: approval.name,
			role: approval.role,
			at: approval.created_at.toISOString(),
			isOfThisBody: approval.body_hash === release.body_hash,
			// Written by approveRelease alone.
			accepted: approval.accepted as ReleaseDetail['approvals'][number]['accepted'],
		})),
		problems: read.problems,
		doubts: read.doubts,
		leftOut: read.body.method.leftOut,
		hasChanged: read.hasChanged,
		takenBackQuotes: read.takenBackQuotes,
		groupReason: read.body.method.groups?.reason ?? '',
		preview: presentRelease(release, read.body, language),
	};
}
