import type { SiteLevel } from '../schema.ts';
import type { Database } from '../types.ts';

export interface SiteWithGrades {
	id: string;
	key: string;
	name: string;
	level: SiteLevel;
	hasSro: boolean;
	/** Every grade taught there, lowest first, with its public enrolment count. */
	grades: { grade: string; enrolled: number }[];
}

/** The sites of a district in their own order, with enrolment by grade in one school year. */
export async function listSites(
	db: Database,
	district: { districtId: string; schoolYear: string },
): Promise<SiteWithGrades[]> {
	const sites = await db
		.selectFrom('site')
		.select(['id', 'key', 'name', 'level', 'grades', 'has_sro as hasSro'])
		.where('district_id', '=', district.districtId)
		.orderBy('position')
		.orderBy('key')
		.execute();
	const counts = await db
		.selectFrom('site_enrollment as n')
		.innerJoin('site as s', 's.id', 'n.site_id')
		.select(['n.site_id as siteId', 'n.value as grade', 'n.n'])
		.where('s.district_id', '=', district.districtId)
		.where('n.school_year', '=', district.schoolYear)
		.where('n.attribute', '=', 'grade')
		.orderBy('n.site_id')
		.orderBy('n.value')
		.execute();
	const enrolled = new Map(counts.map((row) => [`${row.siteId}:${row.grade}`, row.n]));
	return sites.map((site) => ({
		...site,
		grades: site.grades
			.toSorted(compareGrades)
			.map((grade) => ({ grade, enrolled: enrolled.get(`${site.id}:${grade}`) ?? 0 })),
	}));
}

/** Kindergarten and other named grades come before the numbered ones. */
export function compareGrades(a: string, b: string): number {
	const [first, second] = [Number(a), Number(b)];
	if (Number.isNaN(first) || Number.isNaN(second)) {
		return Number(Number.isNaN(second)) - Number(Number.isNaN(first)) || (a < b ? -1 : 1);
	}
	return first - second;
}
