import type { SiteLevel } from '@throughline/db/schema';
import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

const name = z
	.string()
	.trim()
	.min(1, { error: 'Enter a name.' })
	.max(120, { error: 'A name has up to 120 characters.' });

const NUMBER = 'Enter how many students, as a whole number; 0 when there are none.';

/** How many students of a school have one value of one attribute: grade 9, race white. */
const siteCount = z.object({
	attribute: z
		.string()
		.regex(/^[a-z][a-z0-9_]{0,40}$/, { error: 'Name an attribute.' })
		.refine((attribute) => attribute !== 'all', { error: 'The sum of all is made of the grades.' }),
	value: z.string().trim().min(1, { error: 'Enter the grade.' }).max(40),
	n: z
		.int({ error: NUMBER })
		.nonnegative({ error: NUMBER })
		.max(100_000, { error: 'More than 100,000 in one school cannot be right.' }),
});

const counts = z
	.array(siteCount)
	.max(100)
	.refine((given) => given.some(({ attribute }) => attribute === 'grade'), {
		error: 'Enter how many students at least one grade has.',
	})
	.refine(
		(given) =>
			new Set(given.map(({ attribute, value }) => `${attribute} ${value}`)).size === given.length,
		{ error: 'Name each group once.' },
	);

/** Counts that are left out stay as they are. */
export const siteBody = z.object({
	name,
	hasSro: z.boolean({ error: 'Say whether an officer works there.' }),
	counts: counts.optional(),
});

export const newSiteBody = siteBody.extend({
	counts,
	level: z.enum(['elementary', 'middle', 'high'], { error: 'Choose the level.' }),
});

const kind = z.enum(['advocacy', 'leadership', 'other'], { error: 'Choose what kind it is.' });

export const groupBody = z.object({ name, kind });

export const newGroupBody = groupBody.extend({ siteId: z.uuid({ error: 'Choose its school.' }) });

export const milestoneBody = z
	.object({
		label: name,
		startsOn: z.iso.date({ error: 'Enter the day as year, month and day.' }),
		endsOn: z.iso.date({ error: 'Enter the day as year, month and day.' }).nullable().default(null),
	})
	.refine(({ startsOn, endsOn }) => endsOn === null || startsOn <= endsOn, {
		path: ['endsOn'],
		error: 'The last day comes before the first. Choose a later one.',
	});

export const siteParam = engagementParam.extend({ siteId: z.uuid() });
export const groupParam = engagementParam.extend({ groupId: z.uuid() });
export const milestoneParam = engagementParam.extend({ milestoneId: z.uuid() });

export type SiteBody = z.output<typeof siteBody>;
export type NewSiteBody = z.output<typeof newSiteBody>;
export type GroupBody = z.output<typeof groupBody>;
export type NewGroupBody = z.output<typeof newGroupBody>;
export type MilestoneBody = z.output<typeof milestoneBody>;

/** The schools of a district, and the student groups and steps of an engagement. */
export interface PlacesView {
	district: string;
	schoolYear: string;
	/** Whether opened answers are counted beside the enrolment: then it stays as it is. */
	areCountsInUse: boolean;
	sites: { id: string; name: string; level: SiteLevel; hasSro: boolean; enrolled: number }[];
	page: number;
	hasMore: boolean;
	groups: { id: string; name: string; kind: GroupBody['kind']; site: string }[];
	milestones: { id: string; label: string; startsOn: string; endsOn: string | null }[];
}

/** A school with its enrolment counts of the school year. */
export interface SiteView {
	id: string;
	key: string;
	name: string;
	level: SiteLevel;
	hasSro: boolean;
	schoolYear: string;
	areCountsInUse: boolean;
	counts: { attribute: string; value: string; n: number }[];
}
