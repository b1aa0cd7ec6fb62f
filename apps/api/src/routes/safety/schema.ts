import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const flagParam = engagementParam.extend({ flagId: z.uuid() });

/** What somebody who runs a session asks one adult to look at. Only that adult gets it. */
export interface SafetyFlagView {
	id: string;
	text: string;
	session: string;
	site: string;
	place: string;
	raisedBy: string | null;
	/** Times are those of the district's clocks: `2026-03-02T08:00`. */
	raisedAt: string;
	seenAt: string | null;
	closedAt: string | null;
}

export interface SafetyFlagList {
	flags: SafetyFlagView[];
	page: number;
	hasMore: boolean;
}
