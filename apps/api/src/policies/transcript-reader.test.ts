import type { StaffRole } from '@throughline/db/schema';
import { expect, test } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { transcriptReading } from './transcript-reader.ts';

const columns = [
	{ isOnDuty: true, status: 'draft' },
	{ isOnDuty: true, status: 'checked' },
	{ isOnDuty: false, status: 'draft' },
	{ isOnDuty: false, status: 'checked' },
] as const;

test('who reads how much of a transcript', () => {
	const line = (roles: StaffRole[]) =>
		columns.map(({ isOnDuty, status }) => transcriptReading({ roles, isOnDuty }, status).padEnd(8));
	const table = [...staffRoles.map((role) => [role]), ['facilitator', 'coder'] as StaffRole[]].map(
		(roles) => [roles.join('+').padEnd(18), ...line(roles)].join(' ').trimEnd(),
	);

	expect(`\n${table.join('\n')}\n`).toMatchInlineSnapshot(`
		"
		facilitator        all      all      nothing  nothing
		coder              nothing  words    nothing  words
		safety_responder   nothing  nothing  nothing  nothing
		advisory_member    nothing  nothing  nothing  nothing
		administrator      nothing  nothing  nothing  nothing
		data_steward       nothing  nothing  nothing  nothing
		complaint_officer  nothing  nothing  nothing  nothing
		police_partner     nothing  nothing  nothing  nothing
		facilitator+coder  all      all      nothing  words
		"
	`);
});
