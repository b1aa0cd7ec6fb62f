import type { GuideVersion } from '@throughline/db/queries/dialog-guide';
import type { DialogRole } from '@throughline/db/schema';
import { type DialogGuide, dialogGuideSchema } from './guide-schema.ts';

/** A stored guide, read. */
export interface ReadGuide extends DialogGuide {
	versionId: string;
}

/** Reads a stored version of a guide. @throws ZodError when it is none: it was checked when stored. */
export function readGuide({ id, body }: GuideVersion): ReadGuide {
	return { versionId: id, ...dialogGuideSchema.parse(body) };
}

/** How the guide names a duty. */
export function labelOf(guide: DialogGuide, role: DialogRole): string {
	return guide.roles.find(({ key }) => key === role)?.label ?? role;
}

/** Duties without which a session cannot begin, whatever its guide says. */
export const REQUIRED_DUTIES = ['lead', 'note_taker', 'safe_adult'] as const;

export const dialogRoles = [
	'lead',
	'peer_host',
	'note_taker',
	'safe_adult',
	'interpreter',
] as const satisfies readonly DialogRole[];
