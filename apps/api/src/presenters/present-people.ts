import type { Invitation } from '@throughline/db/queries/invitation';
import type { Member } from '@throughline/db/queries/person';
import type { PeopleView } from '../routes/people/schema.ts';
import { localDate } from './local-time.ts';

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
