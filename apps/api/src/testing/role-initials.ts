import type { StaffRole } from '@throughline/db/schema';

/** One letter for each role, for tables of who may do what. */
export const roleInitials: Record<StaffRole, string> = {
	facilitator: 'F',
	coder: 'C',
	safety_responder: 'S',
	advisory_member: 'M',
	administrator: 'A',
	data_steward: 'D',
	complaint_officer: 'O',
	police_partner: 'P',
};
