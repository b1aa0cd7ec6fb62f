import { findDutyCandidates } from '@throughline/db/queries/dialog-duty';
import { findGuideVersions } from '@throughline/db/queries/dialog-guide';
import type { DialogPlan } from '@throughline/db/queries/dialog-plan';
import {
	findEngagement,
	listDirectives,
	listGroupChoices,
} from '@throughline/db/queries/engagement';
import { listSites } from '@throughline/db/queries/site';
import { instantOf } from '@throughline/db/queries/survey-window';
import { readGuide, type ReadGuide } from '../dialogs/guide.ts';
import { whyNot } from '../dialogs/who-may.ts';
import type { Deps } from '../deps.ts';
import { AppError, type FieldProblems, notFound } from '../errors.ts';
import { localDate } from '../presenters/local-time.ts';
import type { DialogBody } from '../routes/dialogs/schema.ts';

type Engagement = NonNullable<Awaited<ReturnType<typeof findEngagement>>>;

const MOST_CHOICES = 400;

/**
 * What a planner wrote, with what it refers to looked up.
 * @throws AppError 404 without the engagement; 422 naming each field that cannot be used: a group,
 * school, guide or line of the mandate of elsewhere, a person the guide keeps out of the room.
 */
export async function checkDialog(
	deps: Pick<Deps, 'db' | 'clock'>,
	engagementId: string,
	body: DialogBody,
): Promise<DialogPlan> {
	const engagement = await findEngagement(deps.db, engagementId);
	if (!engagement) {
		throw notFound();
	}
	const [version] = await findGuideVersions(deps.db, engagementId, [body.guideVersionId]);
	const guide = version && readGuide(version);
	const fields: FieldProblems = {
		...(await placeProblems(deps, engagement, body)),
		...(guide
			? {
					...(!guide.formats.some(({ key }) => key === body.format) && {
						format: `The guide has no such format. It has: ${guide.formats.map(({ label }) => label).join(', ')}.`,
					}),
					...(await dutyProblems(deps, { engagement, guide, body })),
				}
			: { guideVersionId: 'Choose one of the guides of this engagement.' }),
	};
	if (Object.keys(fields).length > 0) {
		throw new AppError('invalid_input', 422, 'The session cannot be planned like this.', {
			fields,
		});
	}
	const startsAt = await instantOf(deps.db, body.startsAt, engagement.timezone);
	return { ...body, startsAt };
}

async function placeProblems(
	{ db }: Pick<Deps, 'db'>,
	engagement: Engagement,
	body: DialogBody,
): Promise<FieldProblems> {
	const groups = await listGroupChoices(db, engagement.id, { limit: MOST_CHOICES });
	const sites = await listSites(db, engagement);
	const directives = await listDirectives(db, engagement.id, { limit: MOST_CHOICES });
	const has = (rows: readonly { id: string }[], id: string | null) =>
		id === null || rows.some((row) => row.id === id);
	return {
		...(!has(groups, body.studentGroupId) && {
			studentGroupId: 'Choose one of the groups of this engagement.',
		}),
		...(!has(sites, body.siteId) && { siteId: 'Choose one of the schools of the district.' }),
		...(!has(directives, body.directiveId) && {
			directiveId: 'Choose one of the lines of this mandate.',
		}),
		...(body.languages.some((language) => !engagement.languages.includes(language)) && {
			languages: 'Choose among the languages of the district.',
		}),
	};
}

async function dutyProblems(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	{ engagement, guide, body }: { engagement: Engagement; guide: ReadGuide; body: DialogBody },
): Promise<FieldProblems> {
	const ids = [body.leadId, ...body.noteTakerIds, body.safeAdultId].filter((id) => id !== null);
	const today = localDate(clock(), engagement.timezone);
	const people = await findDutyCandidates(db, engagement.id, { ids, today });
	const refusal = (role: 'lead' | 'note_taker' | 'safe_adult', id: string) =>
		whyNot(
			guide,
			role,
			people.find((person) => person.id === id),
		);
	const lead = body.leadId === null ? null : refusal('lead', body.leadId);
	const noteTaker =
		body.noteTakerIds.map((id) => refusal('note_taker', id)).find((why) => why !== null) ?? null;
	const safeAdult = body.safeAdultId === null ? null : refusal('safe_adult', body.safeAdultId);
	const isBoth = body.leadId !== null && body.noteTakerIds.includes(body.leadId);
	return {
		...(lead !== null && { leadId: lead }),
		...(isBoth && {
			noteTakerIds: 'Whoever leads cannot write at the same time. Choose somebody else.',
		}),
		...(noteTaker !== null && { noteTakerIds: noteTaker }),
		...(safeAdult !== null && { safeAdultId: safeAdult }),
	};
}
