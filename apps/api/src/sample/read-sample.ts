import { readdirSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { dialogEvidenceSchema, dialogFileSchema, type SampleDialog } from './dialog-file.ts';
import {
	type AllConnectors,
	connectorFileSchema,
	type PhraseBook,
	phraseFileSchema,
} from './phrase.ts';
import { sampleFiles } from './schema.ts';

type Files = typeof sampleFiles;
type Content<Name extends keyof Files> = z.infer<Files[Name]>;

/** The fictional engagement, as its files tell it; the survey and its notices are read elsewhere. */
export interface SampleEngagement {
	readonly note: string;
	readonly district: Content<'district.json'>['district'];
	readonly sites: Content<'sites.json'>['sites'];
	readonly engagement: Content<'engagement.json'>['engagement'];
	readonly roles: Content<'roles.json'>['roles'];
	readonly people: Content<'people.json'>['people'];
	readonly advisoryTeam: Content<'advisory-team.json'>['advisoryTeam'];
	readonly codebook: Content<'codebook.json'>['codebook'];
	readonly dialogGuide: Content<'dialog-guide.json'>['dialogGuide'];
	readonly recommendations: Content<'recommendations.json'>['recommendations'];
	readonly findings: Content<'findings.json'>['findings'];
	/** What came of the sessions that were held. */
	readonly dialogs: readonly SampleDialog[];
	/** What was made of their words. */
	readonly dialogEvidence: z.infer<typeof dialogEvidenceSchema>;
	readonly phrases: PhraseBook;
	readonly connectors: AllConnectors;
}

/** The open questions of the student survey, in its order; one file of phrases each. */
export const openQuestions = ['S17', 'S18', 'S19', 'S20'] as const;

/**
 * Reads and checks the sample's files.
 *
 * @throws Error that names the file, and in it the place, that does not fit.
 */
export function readSample(): SampleEngagement {
	const { note, district } = read('district.json', sampleFiles['district.json']);
	return {
		note,
		district,
		sites: read('sites.json', sampleFiles['sites.json']).sites,
		engagement: read('engagement.json', sampleFiles['engagement.json']).engagement,
		roles: read('roles.json', sampleFiles['roles.json']).roles,
		people: read('people.json', sampleFiles['people.json']).people,
		advisoryTeam: read('advisory-team.json', sampleFiles['advisory-team.json']).advisoryTeam,
		codebook: read('codebook.json', sampleFiles['codebook.json']).codebook,
		dialogGuide: read('dialog-guide.json', sampleFiles['dialog-guide.json']).dialogGuide,
		recommendations: read('recommendations.json', sampleFiles['recommendations.json'])
			.recommendations,
		findings: read('findings.json', sampleFiles['findings.json']).findings,
		dialogs: readDialogs(),
		dialogEvidence: read('dialog-evidence.json', dialogEvidenceSchema),
		phrases: readPhrases(),
		connectors: read('phrases/connectors.json', connectorFileSchema).connectors,
	};
}

function readDialogs(): SampleDialog[] {
	const folder = new URL('../../sample/dialogs/', import.meta.url);
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return names.sort().map((name) => read(`dialogs/${name}`, dialogFileSchema));
}

function readPhrases(): PhraseBook {
	const book: PhraseBook = {};
	for (const id of openQuestions) {
		const file = read(`phrases/${id}.json`, phraseFileSchema);
		book[file.question] = file.phrases;
	}
	return book;
}

function read<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> {
	const address = new URL(`../../sample/${name}`, import.meta.url);
	const parsed = schema.safeParse(JSON.parse(readFileSync(address, 'utf8')));
	if (parsed.success) {
		return parsed.data;
	}
	const [issue] = parsed.error.issues;
	throw new Error(
		`apps/api/sample/${name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`,
	);
}
