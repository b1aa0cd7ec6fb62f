import type { ProtectedRows, RowsInput } from '@throughline/analysis/disclosure';
import type { listRowExports } from '@throughline/db/queries/row-export';
import type { ExportStatus, RowExportReport, RowExportView } from '../routes/exports/schema.ts';

type StoredExport = Awaited<ReturnType<typeof listRowExports>>[number];

/** A row export as one person sees it. */
export function presentRowExport(
	row: StoredExport,
	{ personId, now }: { personId: string; now: Date },
): RowExportView {
	return {
		id: row.id,
		windowId: row.windowId,
		window: row.window,
		status: statusOf(row, now),
		k: row.k,
		reason: row.reason,
		requestedBy: row.requestedByName,
		requestedAt: row.requestedAt.toISOString(),
		isOwn: row.requestedBy === personId,
		decidedBy: row.decidedByName,
		decidedAt: row.decidedAt?.toISOString() ?? null,
		decisionReason: row.decisionReason,
		expiresAt: row.expiresAt.toISOString(),
		fetchedAt: row.fetchedAt?.toISOString() ?? null,
		fileHash: row.fileHash,
	};
}

function statusOf(row: StoredExport, now: Date): ExportStatus {
	if (row.fetchedAt !== null) {
		return 'fetched';
	}
	if (row.isApproved === false) {
		return 'refused';
	}
	if (row.expiresAt <= now) {
		return 'expired';
	}
	return row.isApproved === true ? 'approved' : 'asked';
}

/** What the approver reads before deciding: no row, and no number but the total. */
export function presentRowReport(
	input: RowsInput,
	{ rows, steps, loss }: ProtectedRows,
): RowExportReport {
	return {
		rows: rows.length,
		attributes: input.attributes.map(({ id }) => ({
			id,
			told: toldIn(steps[id] ?? null),
			blanked: loss.attributes[id] ?? 'none',
		})),
		questions: input.questions.map(({ id }) => id),
		blanked: loss.rows,
		answersLeftOut: loss.answers,
		sameAnswer: loss.sameAnswer,
	};
}

function toldIn(step: number | null): RowExportReport['attributes'][number]['told'] {
	if (step === null) {
		return 'not_at_all';
	}
	return step === 0 ? 'as_given' : 'coarser';
}
