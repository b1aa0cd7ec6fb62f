import type { SiteLevel, StaffRole } from '@throughline/db/schema';
import { z } from 'zod';

export const engagementParam = z.object({ engagementId: z.uuid() });

/** What the first page of an engagement says. */
export interface EngagementOverview {
	id: string;
	slug: string;
	title: string;
	purpose: string;
	status: 'planned' | 'active' | 'closed';
	isSynthetic: boolean;
	schoolYear: string;
	district: { name: string; timezone: string };
	/** The least number of people a shown figure stands on. */
	minN: number;
	/** The question the engagement is to answer, who answers it, and what is not open. */
	decision: { question: string; decidedBy: string | null; notOpen: string | null };
	mandates: {
		id: string;
		body: string;
		document: string;
		adoptedOn: string;
		directives: { key: string; text: string }[];
	}[];
	milestones: Milestone[];
	sites: { key: string; name: string; level: SiteLevel; hasSro: boolean; enrolled: number }[];
	studentGroups: { key: string; name: string; kind: string; site: string }[];
	roles: StaffRole[];
}

export interface Milestone {
	key: string;
	label: string;
	/** Calendar dates. */
	startsOn: string;
	endsOn: string | null;
	/** On the day it is in the district. */
	state: 'past' | 'now' | 'ahead';
}
