import type { AuditDigest } from '@throughline/db/queries/audit-chain';
import type { listAuditEntries } from '@throughline/db/queries/audit-entry';
import type { Invitation } from '@throughline/db/queries/invitation';
import type { Member } from '@throughline/db/queries/person';
import type { AuditView, PeopleView } from '../routes/people/schema.ts';
import { localDate, localTime } from './local-time.ts';

export function presentPeople(
	found: {
		members: Member[];
		invitations: Invitation[];
		page: number;
		now: Date;
		timezone: string;
	},
	pageSize: number,
): PeopleView {
	const { now, timezone } = found;
	const today = localDate(now, timezone);
	return {
		members: found.members.slice(0, pageSize).map(({ id, name, email, roles }) => ({
			id,
			name,
			email,
			roles: roles.map(({ role, endsOn }) => ({
				role,
				endsOn,
				hasEnded: endsOn !== null && endsOn < today,
			})),
		})),
		invitations: found.invitations.map(({ id, name, email, role, expiresAt }) => ({
			id,
			name,
			email,
			role,
			expiresOn: localDate(expiresAt, timezone),
			hasExpired: expiresAt <= now,
		})),
		page: found.page,
		hasMore: found.members.length > pageSize,
	};
}

export function presentAudit(
	found: {
		entries: Awaited<ReturnType<typeof listAuditEntries>>;
		head: AuditDigest | null;
		page: number;
		timezone: string;
	},
	pageSize: number,
): AuditView {
	return {
		entries: found.entries.slice(0, pageSize).map((entry) => ({
			id: entry.id,
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

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
