import { CONSENT_SCOPES, NEEDS_GUARDIAN } from '@throughline/analysis/dialog';
import type { ConsentScope } from '@throughline/db/schema';
import { z } from 'zod';
import type { findEngagement } from '@throughline/db/queries/engagement';
import { consentLanguages } from '../dialogs/consent-words.ts';
import { dialogRoles, labelOf } from '../dialogs/guide.ts';
import type { PreparedDialog } from '../dialogs/read-dialogs.ts';
import { dutiesOf, gatesOf } from '../dialogs/readiness.ts';
import {
	type DialogChecklist,
	type DialogLetter,
	type LetterLanguage,
	letterLanguages,
	type LetterText,
} from '../routes/dialogs/schema.ts';
import { localTime } from './local-time.ts';
import { formatOf } from './present-dialog.ts';

type Engagement = NonNullable<Awaited<ReturnType<typeof findEngagement>>>;

const DELETE_SOUND_AFTER_DAYS = 30;

/** What an engagement sets about sound and whom to write to; left out where it does not. */
const detailsSchema = z
	.object({
		privacyDefaults: z.object({ audioDeleteAfterDays: z.number().optional() }).optional(),
	})
	.catch({});

/** The invitation to the group and to guardians, as data. */
export function presentDialogLetter(
	prepared: PreparedDialog,
	{ engagement, origin }: { engagement: Engagement; origin: string },
): DialogLetter {
	const { dialog } = prepared;
	const details = detailsSchema.parse(engagement.details);
	const texts = letterLanguages.map((language) => [language, letterText(prepared, language)]);
	return {
		district: engagement.district,
		engagement: engagement.title,
		group: dialog.group,
		site: dialog.site,
		startsAt: localTime(dialog.startsAt, engagement.timezone),
		minutes: dialog.minutes,
		place: dialog.place,
		format: dialog.format,
		languages: dialog.languages,
		recordingPlan: dialog.recordingPlan,
		withdrawAddress: `${new URL(origin).host}/withdraw`,
		deleteSoundAfterDays: details.privacyDefaults?.audioDeleteAfterDays ?? DELETE_SOUND_AFTER_DAYS,
		// The entries are one per language of the list, which a type of entries cannot say.
		texts: Object.fromEntries(texts) as Record<LetterLanguage, LetterText>,
	};
}

/** The facilitator's page for the room. */
export function presentDialogChecklist(
	prepared: PreparedDialog,
	seen: { timezone: string; now: Date },
): DialogChecklist {
	const { dialog, guide } = prepared;
	const format = formatOf(guide, dialog.format);
	const promptOf = (key: string) => ({
		key,
		text: guide.prompts.find((prompt) => prompt.key === key)?.text ?? '',
	});
	return {
		key: dialog.key,
		title: guide.title,
		group: dialog.group,
		site: dialog.site,
		place: dialog.place,
		startsAt: localTime(dialog.startsAt, seen.timezone),
		minutes: dialog.minutes,
		formatLabel: format?.label ?? dialog.format,
		how: format?.how ?? '',
		recordingPlan: dialog.recordingPlan,
		plannedParticipants: dialog.plannedParticipants,
		duties: dutiesOf(prepared),
		notInTheRoom: guide.notInTheRoom,
		gates: gatesOf({ ...prepared, ...seen }),
		groundRules: guide.groundRules.map(({ text }) => text),
		agenda: guide.agenda
			.filter(({ formats }) => formats === undefined || formats.includes(dialog.format))
			.map(({ block, minutes, prompts }) => ({
				block,
				minutes,
				prompts: (prompts ?? []).map(promptOf),
			})),
		scripts: Object.entries(guide.scripts).map(([key, text]) => ({ key, text })),
		after: guide.after.map(({ step, owner }) => ({
			step,
			owner: guide.roles.find(({ key }) => key === owner)?.label ?? owner,
		})),
		neverCapture: guide.capture.neverCapture,
	};
}

/** The guide's words in one language, each in English where it has no translation. */
function letterText(
	{ dialog, guide, duties }: PreparedDialog,
	language: LetterLanguage,
): LetterText {
	const own = guide.translations?.[language];
	const format = formatOf(guide, dialog.format);
	return {
		title: own?.title ?? guide.title,
		language: own ? language : 'en',
		review: own ? `${own.status}, ${own.note}` : null,
		formatLabel: own?.formats[dialog.format]?.label ?? format?.label ?? dialog.format,
		how: own?.formats[dialog.format]?.how ?? format?.how ?? '',
		present: dialogRoles
			.map((role) => ({
				role,
				label: own?.roles[role] ?? labelOf(guide, role),
				n: duties.filter((duty) => duty.role === role).length,
			}))
			.filter(({ n }) => n > 0),
		notInTheRoom: own?.notInTheRoom ?? guide.notInTheRoom,
		groundRules: guide.groundRules.map(({ key, text }) => own?.groundRules[key] ?? text),
		prompts: guide.prompts.map(({ key, text }) => own?.prompts[key] ?? text),
		scopes: CONSENT_SCOPES.map((scope) => ({
			scope,
			student: wordsOf(language, { scope, source: 'student' }),
			guardian: NEEDS_GUARDIAN.includes(scope)
				? wordsOf(language, { scope, source: 'guardian' })
				: null,
		})),
	};
}

/** What is read, or signed, for a scope: the very words the ledger keeps. */
function wordsOf(
	language: LetterLanguage,
	of: { scope: ConsentScope; source: 'student' | 'guardian' },
): string {
	const { lines } = consentLanguages.find((each) => each.language === language) ?? { lines: [] };
	return lines.find(({ scope, source }) => scope === of.scope && source === of.source)?.words ?? '';
}
