import type {
	findEngagement,
	listMandates,
	listMilestones,
} from '@throughline/db/queries/engagement';
import type { SiteWithGrades } from '@throughline/db/queries/site';
import type { StaffRole } from '@throughline/db/schema';
import { z } from 'zod';
import type { EngagementOverview, Milestone } from '../routes/engagements/schema.ts';
import { localDate } from './local-time.ts';

/** The decision as the district wrote it down; words it left out are left out. */
const decisionSchema = z
	.object({
		question: z.string().optional(),
		decidedBy: z.string().optional(),
		notOpen: z.string().optional(),
	})
	.catch({});

type EngagementRow = NonNullable<Awaited<ReturnType<typeof findEngagement>>>;

export function presentEngagement(
	engagement: EngagementRow,
	parts: {
		mandates: Awaited<ReturnType<typeof listMandates>>;
		milestones: Awaited<ReturnType<typeof listMilestones>>;
		sites: SiteWithGrades[];
		studentGroups: EngagementOverview['studentGroups'];
		roles: StaffRole[];
		now: Date;
	},
): EngagementOverview {
	const decision = decisionSchema.parse(engagement.decision);
	const today = localDate(parts.now, engagement.timezone);
	return {
		id: engagement.id,
		slug: engagement.slug,
		title: engagement.title,
		purpose: engagement.purpose,
		status: engagement.status,
		isSynthetic: engagement.isSynthetic,
		schoolYear: engagement.schoolYear,
		district: { name: engagement.district, timezone: engagement.timezone },
		minN: engagement.minN,
		decision: {
			question: decision.question ?? '',
			decidedBy: decision.decidedBy ?? null,
			notOpen: decision.notOpen ?? null,
		},
		mandates: parts.mandates.map(({ id, body, document, adoptedOn, directives }) => ({
			id,
			body,
			document,
			adoptedOn,
			directives: directives.map(({ key, text }) => ({ key, text })),
		})),
		milestones: parts.milestones.map((milestone) => ({
			...milestone,
			state: stateOf(milestone, today),
		})),
		sites: parts.sites.map(({ key, name, level, hasSro, grades }) => ({
			key,
			name,
			level,
			hasSro,
			enrolled: grades.reduce((sum, { enrolled }) => sum + enrolled, 0),
		})),
		studentGroups: parts.studentGroups,
		roles: parts.roles,
	};
}

function stateOf(
	{ startsOn, endsOn }: { startsOn: string; endsOn: string | null },
	today: string,
): Milestone['state'] {
	if (today < startsOn) {
		return 'ahead';
	}
	return today > (endsOn ?? startsOn) ? 'past' : 'now';
}
