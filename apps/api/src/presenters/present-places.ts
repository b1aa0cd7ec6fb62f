import type {
	findSite,
	listGroups,
	listMilestonesById,
	listSiteCounts,
	listSitePage,
} from '@throughline/db/queries/places';
import { compareGrades } from '@throughline/db/queries/site';
import type { PlacesView, SiteView } from '../routes/places/schema.ts';

/** What administrators may change of an engagement's schools, groups and steps. No student data. */
export function presentPlaces(
	engagement: { district: string; schoolYear: string },
	parts: {
		sites: Awaited<ReturnType<typeof listSitePage>>;
		groups: Awaited<ReturnType<typeof listGroups>>;
		milestones: Awaited<ReturnType<typeof listMilestonesById>>;
		areCountsInUse: boolean;
		page: { number: number; size: number };
	},
): PlacesView {
	const { page } = parts;
	return {
		district: engagement.district,
		schoolYear: engagement.schoolYear,
		areCountsInUse: parts.areCountsInUse,
		sites: parts.sites.slice(0, page.size).map(({ id, name, level, hasSro, enrolled }) => ({
			id,
			name,
			level,
			hasSro,
			enrolled: enrolled ?? 0,
		})),
		page: page.number,
		hasMore: parts.sites.length > page.size,
		groups: parts.groups.map(({ id, name, kind, site }) => ({ id, name, kind, site })),
		milestones: parts.milestones.map(({ id, label, startsOn, endsOn }) => ({
			id,
			label,
			startsOn,
			endsOn,
		})),
	};
}

/** A school; a grade it teaches stands there with 0 when nobody was counted. */
export function presentSite(
	site: NonNullable<Awaited<ReturnType<typeof findSite>>>,
	parts: {
		counts: Awaited<ReturnType<typeof listSiteCounts>>;
		schoolYear: string;
		areCountsInUse: boolean;
	},
): SiteView {
	const { id, key, name, level, hasSro } = site;
	const byGrade = new Map(
		parts.counts
			.filter(({ attribute }) => attribute === 'grade')
			.map(({ value, n }): [string, number] => [value, n]),
	);
	const grades = site.grades
		.toSorted(compareGrades)
		.map((value) => ({ attribute: 'grade', value, n: byGrade.get(value) ?? 0 }));
	const others = parts.counts.filter(({ attribute }) => attribute !== 'grade');
	return {
		id,
		key,
		name,
		level,
		hasSro,
		schoolYear: parts.schoolYear,
		areCountsInUse: parts.areCountsInUse,
		counts: [...grades, ...others],
	};
}
