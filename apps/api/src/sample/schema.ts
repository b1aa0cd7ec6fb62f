import { z } from 'zod';
import { dialogGuideSchema } from '../dialogs/guide-schema.ts';

const key = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/);
const day = z.iso.date();
const words = z.string().min(1);
const themeKey = z.string().regex(/^[A-E][1-9]$/);
const questionId = z.string().regex(/^[SD]\d\d$/);
const count = z.int().nonnegative();
const synthetic = z.literal(true);

const district = z.strictObject({
	key,
	name: words,
	shortName: words,
	districtNumber: words,
	state: words,
	county: words,
	city: words,
	timezone: words,
	schoolYear: words,
	schoolYearStart: day,
	schoolYearEnd: day,
	languages: z.array(words),
	defaultLanguage: words,
	responsibleAuthority: z.strictObject({ role: words, displayName: words }),
	dataPracticesContact: z.strictObject({ role: words, email: z.email() }),
	policeAgency: z.strictObject({ key, name: words, shortName: words }),
	facilitationPartner: z.strictObject({
		key,
		name: words,
		relationship: words,
		agreementOnFile: z.boolean(),
	}),
	/** Words for the placeholders of notices, by language. */
	noticeWords: z.record(words, z.record(words, words)),
});

const site = z.strictObject({
	key,
	name: words,
	level: z.enum(['elementary', 'middle', 'high']),
	grades: z.array(words).min(1),
	hasSro: z.boolean(),
	enrollment: z.strictObject({
		total: count,
		byGrade: z.record(words, count),
		byRace: z.record(words, count),
		iep: count,
		plan504: count,
		englishLearner: count,
	}),
});

const sampleWindow = z.discriminatedUnion('state', [
	z.strictObject({
		key,
		label: words,
		survey: key,
		state: z.literal('opened'),
		opensOn: day,
		closesOn: day,
		responses: count,
	}),
	z.strictObject({
		key,
		label: words,
		survey: key,
		state: z.literal('open'),
		/** Days from the moment the sample is loaded, so that this window is open on any day. */
		opensDaysFromNow: z.int(),
		closesDaysFromNow: z.int(),
		responses: count,
	}),
]);

const engagement = z.strictObject({
	key,
	title: words,
	status: z.enum(['planned', 'active', 'closed']),
	schoolYear: words,
	purpose: words,
	minN: z.int().min(5).max(30),
	quoteK: z.int().min(5),
	mandate: z.strictObject({
		body: words,
		document: words,
		date: day,
		directives: z.array(z.strictObject({ key, text: words })),
	}),
	decision: z.strictObject({ question: words, decidedBy: words, notOpen: words }),
	populations: z.array(
		z.strictObject({
			key,
			label: words,
			eligible: count.nullable(),
			method: z.array(key),
			note: words.optional(),
			reportSeparately: z.boolean().optional(),
		}),
	),
	milestones: z.array(
		z.strictObject({ key, label: words, date: day, endDate: day.optional(), deckRef: key }),
	),
	studentGroups: z.array(
		z.strictObject({
			key,
			name: words,
			kind: z.enum(['advocacy', 'leadership', 'other']),
			site: key,
		}),
	),
	dialogSessions: z.array(
		z.strictObject({
			key,
			group: key,
			site: key,
			/** The day, or how many days after the sample is loaded. */
			date: day.optional(),
			daysFromNow: z.int().optional(),
			start: z.string().regex(/^\d\d:\d\d$/),
			place: words,
			directive: key,
			format: z.enum(['circle', 'table_rounds', 'focus_group']),
			plannedParticipants: count,
			recording: z.enum(['audio_with_permission', 'notes_only']),
			interpreters: z.array(words).optional(),
			state: z.enum(['planned', 'held', 'cancelled']),
			reason: words.optional(),
			lead: key,
			noteTaker: key,
		}),
	),
	windows: z.array(sampleWindow),
	privacyDefaults: z.record(z.string(), z.union([z.string(), z.number()])),
});

const staffRole = z.enum([
	'facilitator',
	'coder',
	'safety_responder',
	'advisory_member',
	'administrator',
	'data_steward',
	'complaint_officer',
	'police_partner',
]);

const person = z.strictObject({
	key,
	name: words,
	email: z.email(),
	role: staffRole,
	title: words,
	site: key.nullable(),
	/** The seat on the advisory team, by its name. */
	seat: words.nullable(),
});

const advisoryTeam = z.strictObject({
	key,
	name: words,
	charge: words,
	votingRule: words,
	quorum: words,
	seats: z.array(z.strictObject({ seat: words, count, votes: z.boolean() })),
});

const theme = z.strictObject({
	key: themeKey,
	label: words,
	definition: words,
	include: z.array(words),
	exclude: z.array(words),
	examples: z.array(words),
	categories: z.array(key),
});

const codebook = z.strictObject({
	key,
	version: words,
	title: words,
	unit: words,
	maxThemesPerUnit: count,
	categories: z.array(z.strictObject({ key, label: words })),
	groups: z.array(z.strictObject({ key, label: words, themes: z.array(theme) })),
	attributes: z.array(
		z.strictObject({
			key,
			values: z.array(key),
			default: key.optional(),
			onlyWith: z.array(themeKey).optional(),
			note: words.optional(),
		}),
	),
	qa: z.strictObject({
		doubleCodeShare: z.number(),
		agreementMetric: words,
		targetAlpha: z.number(),
		minUnitsForMetric: count,
		disagreementRule: words,
	}),
});

const recommendationStatus = z.enum([
	'draft',
	'advisory_review',
	'advisory_approved',
	'admin_approved',
	'sent_to_partner',
	'in_contract',
	'partly_in_contract',
	'district_action',
	'not_adopted',
	'withdrawn',
]);

const recommendation = z.strictObject({
	key,
	category: z.enum([
		'relationship_building',
		'assessment',
		'professional_development',
		'communication_transparency',
		'other_contract_requests',
		'non_contract_district',
		'non_contract_advisory',
	]),
	text: words,
	themes: z.array(themeKey),
	evidence: z.array(z.strictObject({ kind: key, ref: words })),
	/** The section of the agreement it would change; null when it is not for the agreement. */
	suggestedSection: words.nullable(),
	measure: words,
	target: words,
	owner: words,
	status: recommendationStatus,
	dissent: words.nullable(),
});

const finding = z.strictObject({
	key,
	sentence: words,
	minorityView: words,
	tables: z
		.array(
			z.strictObject({
				kind: z.enum(['question', 'themes']),
				/** A question id; 'all' for themes over every open question. */
				ref: z.union([questionId, z.literal('all')]),
				breakdown: z.enum(['site', 'race']).nullable(),
			}),
		)
		.min(1),
	themes: z.array(themeKey).min(1),
	/** Ids of phrases; the quote is a span of an answer that holds the phrase. */
	quotes: z.array(z.string().regex(/^s\d\d-\d{3}$/)).min(1),
	recommendations: z.array(key).min(1),
});

/** Schemas of the files under `apps/api/sample`, by file. */
export const sampleFiles = {
	'district.json': z.strictObject({ synthetic, note: words, district }),
	'sites.json': z.strictObject({ synthetic, schoolYear: words, sites: z.array(site) }),
	'engagement.json': z.strictObject({ synthetic, engagement }),
	'roles.json': z.strictObject({
		synthetic,
		roles: z.array(z.strictObject({ key, sees: words, never: words, hasAccount: z.boolean() })),
	}),
	'people.json': z.strictObject({ synthetic, people: z.array(person) }),
	'advisory-team.json': z.strictObject({ synthetic, advisoryTeam }),
	'codebook.json': z.strictObject({ synthetic, codebook }),
	'dialog-guide.json': z.strictObject({ synthetic, dialogGuide: dialogGuideSchema }),
	'recommendations.json': z.strictObject({
		synthetic,
		statuses: z.array(recommendationStatus),
		evidenceKinds: z.array(key),
		recommendations: z.array(recommendation),
	}),
	'findings.json': z.strictObject({ synthetic, findings: z.array(finding) }),
} as const;

export type SampleSite = z.infer<typeof site>;
export type SampleCodebook = z.infer<typeof codebook>;
