import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { EngagementFile } from '../../actions/engagement-file.ts';
import { type Places, writePlaces } from '../../actions/import-engagement.ts';
import type { Random } from '../../deps.ts';
import type { SampleEngagement } from '../read-sample.ts';

/** Writes the district, its sites with their enrolment, and the engagement with its mandate. */
export async function loadPlaces(
	trx: Kysely<Schema>,
	{ random, sample }: { random: Random; sample: SampleEngagement },
): Promise<Places> {
	const { status, populations, privacyDefaults } = sample.engagement;
	return await writePlaces(trx, random, {
		file: fileOf(sample),
		status,
		isSynthetic: true,
		details: { populations, privacyDefaults, advisoryTeam: sample.advisoryTeam },
	});
}

/** The sample as a district would bring its own engagement in. */
function fileOf({
	district,
	sites,
	engagement,
	phrases,
}: SampleEngagement): Pick<EngagementFile, 'district' | 'sites' | 'engagement'> {
	const names = Object.values(phrases).flatMap((all) =>
		all.flatMap((phrase) => phrase.names ?? []),
	);
	return {
		district: {
			...district,
			responsibleAuthority: district.responsibleAuthority.displayName,
			dataPracticesEmail: district.dataPracticesContact.email,
			partner: district.facilitationPartner.name,
			policeAgency: district.policeAgency.name,
		},
		sites: sites.map(({ enrollment, ...site }) => ({
			...site,
			enrollment: {
				grade: enrollment.byGrade,
				race: enrollment.byRace,
				iep: { yes: enrollment.iep },
				plan_504: { yes: enrollment.plan504 },
				english_learner: { yes: enrollment.englishLearner },
			},
		})),
		engagement: { ...engagement, namesToRedact: [...new Set(names)].sort() },
	};
}

/** @throws Error when the sample's files name something they do not hold. */
export function idOf(ids: ReadonlyMap<string, string>, key: string): string {
	const id = ids.get(key);
	if (id === undefined) {
		throw new Error(`The sample names '${key}', which it does not hold.`);
	}
	return id;
}
