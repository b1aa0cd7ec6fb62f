import { z } from 'zod';
import { dialogGuideSchema } from '../dialogs/guide-schema.ts';

const key = z
	.string()
	.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, { error: 'Use small letters, digits, dashes.' });
const words = z.string().trim().min(1).max(2000);
const day = z.iso.date();
const count = z.int().nonnegative().max(2_000_000);
const language = z.string().regex(/^[a-z]{2,3}$/, { error: 'Use a code such as en or es.' });

const site = z.strictObject({
	key,
	name: words,
	level: z.enum(['elementary', 'middle', 'high']),
	grades: z.array(z.string().trim().min(1).max(12)).min(1).max(20),
	hasSro: z.boolean(),
	/** How many students: by grade at least; by any other attribute, for who is missing. */
	enrollment: z
		.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.record(z.string().min(1), count))
		.refine((counts) => 'grade' in counts, { error: 'Give at least the counts by “grade”.' }),
});

/** A district with its sites, and one engagement with its mandate, as `engagement import` reads it. */
export const engagementFile = z
	.strictObject({
		district: z.strictObject({
			key,
			name: words,
			shortName: words,
			state: z.string().regex(/^[A-Z]{2}$/, { error: 'Use the two letters of the state.' }),
			timezone: z.string().refine(isTimezone, { error: 'Use a name such as America/Chicago.' }),
			defaultLanguage: language,
			languages: z.array(language).min(1),
			/** Who keeps the data, and who works for the district on it: notices name them. */
			responsibleAuthority: words,
			dataPracticesEmail: z.email(),
			partner: words.optional(),
			policeAgency: words.optional(),
			/** What fills the placeholders of notices, by language. */
			noticeWords: z.record(z.string().min(1), z.record(language, words)).default({}),
		}),
		sites: z.array(site).min(1).max(2000),
		engagement: z.strictObject({
			key,
			title: words,
			purpose: words,
			schoolYear: words,
			minN: z.int().min(5).max(30).default(10),
			quoteK: z.int().min(5).max(30).default(10),
			mandate: z.strictObject({
				body: words,
				document: words,
				date: day,
				directives: z
					.array(z.strictObject({ key, text: words }))
					.min(1)
					.max(50),
			}),
			decision: z.strictObject({
				question: words,
				decidedBy: words.optional(),
				notOpen: words.optional(),
			}),
			milestones: z
				.array(z.strictObject({ key, label: words, date: day, endDate: day.optional() }))
				.max(200)
				.default([]),
			studentGroups: z
				.array(
					z.strictObject({
						key,
						name: words,
						kind: z.enum(['advocacy', 'leadership', 'other']),
						site: key,
					}),
				)
				.max(500)
				.default([]),
			/** Names taken out of open answers before anyone codes them: students and staff. */
			namesToRedact: z.array(z.string().trim().min(2).max(120)).max(200_000).default([]),
		}),
		/** Notices in place of the starting points that come with the product. */
		notices: z.array(z.looseObject({ id: z.string().min(1), kind: z.string().min(1) })).optional(),
		/** The guide of dialog sessions in place of the one that comes with the product. */
		dialogGuide: dialogGuideSchema.optional(),
	})
	.check(({ value, issues }) => {
		const sites = value.sites.map((each) => each.key);
		for (const [place, twice] of sites.entries()) {
			if (sites.indexOf(twice) !== place) {
				issues.push(issue(value, ['sites', place, 'key'], `The site ‘${twice}’ stands twice.`));
			}
		}
		for (const [place, group] of value.engagement.studentGroups.entries()) {
			if (!sites.includes(group.site)) {
				const where = ['engagement', 'studentGroups', place, 'site'];
				issues.push(issue(value, where, `There is no site ‘${group.site}’ in this file.`));
			}
		}
		for (const [place, { grades, enrollment }] of value.sites.entries()) {
			const unknown = Object.keys(enrollment['grade'] ?? {}).filter((at) => !grades.includes(at));
			if (unknown.length > 0) {
				const where = ['sites', place, 'enrollment', 'grade'];
				issues.push(issue(value, where, `‘${unknown[0]}’ is no grade of this site.`));
			}
		}
	});

export type EngagementFile = z.output<typeof engagementFile>;

function issue(input: unknown, path: PropertyKey[], message: string) {
	return { code: 'custom' as const, input, path, message };
}

function isTimezone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
