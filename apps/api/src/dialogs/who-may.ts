import type { DutyCandidate } from '@throughline/db/queries/dialog-duty';
import type { DialogRole } from '@throughline/db/schema';
import { type ReadGuide, labelOf } from './guide.ts';

/** Whoever works for the police, or decides discipline: kept out of the room by the guide. */
export function isKeptOut({ roles }: Pick<DutyCandidate, 'roles'>): boolean {
	return roles.includes('police_partner') || roles.includes('administrator');
}

/** Why a person cannot have a duty, in the guide's own words; null when they can. */
export function whyNot(
	guide: ReadGuide,
	role: Exclude<DialogRole, 'peer_host' | 'interpreter'>,
	person: DutyCandidate | undefined,
): string | null {
	const label = labelOf(guide, role);
	if (!person) {
		return `This person has no role in this engagement any more. Choose somebody else as ${label}.`;
	}
	if (isKeptOut(person)) {
		const who = person.roles.includes('police_partner')
			? 'works with the police'
			: 'is an administrator, who decides discipline';
		return `${person.name} ${who}. The guide says: “Not in the room: ${guide.notInTheRoom.join('; ')}.” Choose somebody else as ${label}.`;
	}
	const needed = role === 'safe_adult' ? 'safety_responder' : 'facilitator';
	if (!person.roles.includes(needed)) {
		return `${person.name} does not have the role of ${needed.replace('_', ' ')} here. Give it under People first, or choose somebody else.`;
	}
	return null;
}
