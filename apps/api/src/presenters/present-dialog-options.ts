import type { listDutyCandidates } from '@throughline/db/queries/dialog-duty';
import { readGuide, type ReadGuide } from '../dialogs/guide.ts';
import { isKeptOut } from '../dialogs/who-may.ts';
import type { GuideVersion } from '@throughline/db/queries/dialog-guide';
import { dialogFormats, type DialogOptions, type GuideOption } from '../routes/dialogs/schema.ts';

type Candidate = Awaited<ReturnType<typeof listDutyCandidates>>[number];

/** What a session can be made of. */
export function presentDialogOptions(found: {
	groups: DialogOptions['groups'];
	sites: readonly { id: string; name: string }[];
	directives: DialogOptions['directives'];
	guides: readonly GuideVersion[];
	people: readonly Candidate[];
	languages: readonly string[];
	timezone: string;
}): DialogOptions {
	const named = (people: readonly Candidate[]) => people.map(({ id, name }) => ({ id, name }));
	const keptOut = found.people.filter(isKeptOut);
	const free = found.people.filter((person) => !isKeptOut(person));
	return {
		groups: found.groups,
		sites: found.sites.map(({ id, name }) => ({ id, name })),
		directives: found.directives,
		guides: newestOf(found.guides).map((version) => guideOption(readGuide(version))),
		facilitators: named(free.filter(({ roles }) => roles.includes('facilitator'))),
		keptOut: named(keptOut),
		safeAdults: named(free.filter(({ roles }) => roles.includes('safety_responder'))),
		languages: [...found.languages],
		timezone: found.timezone,
	};
}

function guideOption(guide: ReadGuide): GuideOption {
	return {
		versionId: guide.versionId,
		title: guide.title,
		version: guide.version,
		formats: dialogFormats.flatMap((key) =>
			guide.formats
				.filter((format) => format.key === key)
				.map(({ label, how, groupSize, minutes }) => ({ key, label, how, groupSize, minutes })),
		),
		prompts: guide.prompts.map(({ key, text }) => ({ key, text })),
		notInTheRoom: guide.notInTheRoom,
	};
}

/** Of each guide its newest version: versions come newest first. */
function newestOf(versions: readonly GuideVersion[]): GuideVersion[] {
	const seen = new Set<string>();
	return versions.filter(({ key }) => !seen.has(key) && seen.add(key));
}
