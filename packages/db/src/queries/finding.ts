import type { FindingRow } from './decisions.ts';
import type { Database } from '../types.ts';

interface FindingKey {
	engagementId: string;
	findingId: string;
}

/** What a finding says and what it rests on. */
export interface FindingWords extends Pick<FindingRow, 'sentence' | 'minorityView' | 'tables'> {
	themeIds: string[];
	quoteIds: string[];
}

/** Writes a new finding, as a draft. */
export async function insertFinding(
	db: Database,
	key: FindingKey,
	finding: FindingWords & { createdBy: string; now: Date },
): Promise<void> {
	await db
		.insertInto('finding')
		.values({
			engagement_id: key.engagementId,
			id: key.findingId,
			sentence: finding.sentence,
			minority_view: finding.minorityView,
			status: 'draft',
			created_by: finding.createdBy,
			version: 1,
			updated_at: finding.now,
			archived_at: null,
		})
		.execute();
	await insertEvidence(db, key, finding);
}

/**
 * Replaces words and evidence of a finding.
 * @returns false when it is not at this version any more (or not there): nothing was changed.
 */
export async function rewriteFinding(
	db: Database,
	key: FindingKey,
	finding: FindingWords & { version: number; now: Date },
): Promise<boolean> {
	const { sentence, minorityView, version, now } = finding;
	const isChanged = await touch(db, key, {
		version,
		change: { sentence, minority_view: minorityView, updated_at: now },
	});
	if (!isChanged) {
		return false;
	}
	for (const table of ['finding_table', 'finding_theme', 'finding_quote'] as const) {
		await db
			.deleteFrom(table)
			.where('engagement_id', '=', key.engagementId)
			.where('finding_id', '=', key.findingId)
			.execute();
	}
	await insertEvidence(db, key, finding);
	return true;
}

/** Calls a finding ready, or sets it back to draft. @returns false as rewriteFinding. */
export async function setFindingStatus(
	db: Database,
	key: FindingKey,
	change: { status: FindingRow['status']; version: number; now: Date },
): Promise<boolean> {
	const { status, version, now } = change;
	return await touch(db, key, { version, change: { status, updated_at: now } });
}

/** Puts a finding away, or brings it back. @returns false as rewriteFinding. */
export async function setFindingArchived(
	db: Database,
	key: FindingKey,
	change: { archivedAt: Date | null; version: number; now: Date },
): Promise<boolean> {
	const { archivedAt, version, now } = change;
	return await touch(db, key, { version, change: { archived_at: archivedAt, updated_at: now } });
}

async function touch(
	db: Database,
	key: FindingKey,
	options: {
		version: number;
		change: {
			sentence?: string;
			minority_view?: string;
			status?: FindingRow['status'];
			archived_at?: Date | null;
			updated_at: Date;
		};
	},
): Promise<boolean> {
	const result = await db
		.updateTable('finding')
		.set({ ...options.change, version: options.version + 1 })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.findingId)
		.where('version', '=', options.version)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

async function insertEvidence(db: Database, key: FindingKey, finding: FindingWords): Promise<void> {
	const own = { engagement_id: key.engagementId, finding_id: key.findingId };
	if (finding.tables.length > 0) {
		await db
			.insertInto('finding_table')
			.values(
				finding.tables.map(({ windowId, kind, ref, breakdown }, position) => ({
					...own,
					position,
					window_id: windowId,
					kind,
					ref,
					breakdown,
				})),
			)
			.execute();
	}
	if (finding.themeIds.length > 0) {
		await db
			.insertInto('finding_theme')
			.values(finding.themeIds.map((id) => ({ ...own, theme_id: id })))
			.execute();
	}
	if (finding.quoteIds.length > 0) {
		await db
			.insertInto('finding_quote')
			.values(finding.quoteIds.map((id) => ({ ...own, quote_id: id })))
			.execute();
	}
}
