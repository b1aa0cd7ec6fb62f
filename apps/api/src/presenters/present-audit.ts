import type { AuditDigest } from '@throughline/db/queries/audit-chain';
import type { listAuditEntries } from '@throughline/db/queries/audit-entry';
import { writeCsv } from '../csv/write-csv.ts';
import type { AuditView } from '../routes/audit/schema.ts';
import { localTime } from './local-time.ts';

type Entries = Awaited<ReturnType<typeof listAuditEntries>>;

export function presentAudit(
	found: { entries: Entries; head: AuditDigest | null; page: number; timezone: string },
	pageSize: number,
): AuditView {
	return {
		entries: found.entries.slice(0, pageSize).map((entry) => ({
			id: entry.id,
			position: entry.position,
			action: entry.action,
			target: entry.target,
			detail: isRecord(entry.detail) ? entry.detail : {},
			person: entry.name,
			at: localTime(entry.at, found.timezone),
		})),
		head: found.head,
		page: found.page,
		hasMore: found.entries.length > pageSize,
	};
}

/** The record as a file for a spreadsheet: place, wall clock's time, person, action and reason. */
export function auditFile(entries: Entries, timezone: string): string {
	const rows = entries.map(({ position, at, name, action, detail }) => [
		position ?? '',
		localTime(at, timezone).replace('T', ' '),
		name ?? 'Throughline',
		action,
		reasonIn(detail),
	]);
	// A byte order mark: spreadsheets read letters beyond ASCII right only with it.
	return `\uFEFF${writeCsv([['entry', 'time', 'person', 'action', 'reason'], ...rows])}`;
}

function reasonIn(detail: unknown): string {
	const reason = isRecord(detail) ? detail['reason'] : undefined;
	return typeof reason === 'string' ? reason : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
