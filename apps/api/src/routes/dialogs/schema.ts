import type { ConsentScope, DialogFormat, DialogRole, RecordingMode } from '@throughline/db/schema';
import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const dialogParam = engagementParam.extend({ sessionId: z.uuid() });
export const gateParam = dialogParam.extend({ step: z.string().min(1).max(40) });

export const dialogFormats = [
	'circle',
	'table_rounds',
	'focus_group',
] as const satisfies readonly DialogFormat[];

const nobody = z.uuid().nullable().default(null);

const counted = (error: string) => z.number({ error }).int({ error }).min(0, { error });

export const dialogBody = z.object({
	studentGroupId: z.uuid({ error: 'Choose one of the groups.' }).nullable().default(null),
	siteId: z.uuid({ error: 'Choose the school it is held at.' }),
	guideVersionId: z.uuid({ error: 'Choose the guide.' }),
	directiveId: z.uuid({ error: 'Choose a line of the mandate.' }).nullable().default(null),
	format: z.enum(dialogFormats, { error: 'Choose how the group sits together.' }),
	startsAt: z
		.string({ error: 'Enter the date and time it starts.' })
		.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: 'Enter the date and time it starts.' })
		.refine((value) => !Number.isNaN(Date.parse(`${value}:00Z`)), {
			error: 'There is no such date or time.',
		}),
	minutes: z
		.number({ error: 'Enter how many minutes it takes.' })
		.int({ error: 'Enter whole minutes.' })
		.min(10, { error: 'A session takes at least 10 minutes.' })
		.max(480, { error: 'A session takes up to 480 minutes.' }),
	place: z
		.string()
		.trim()
		.min(1, { error: 'Say where, like “Library, reading corner”.' })
		.max(120, { error: 'A place has up to 120 characters.' }),
	plannedParticipants: z
		.number({ error: 'Enter how many students are expected.' })
		.int({ error: 'Enter a whole number.' })
		.min(1, { error: 'Expect at least one student.' })
		.max(200, { error: 'A session has up to 200 students.' }),
	languages: z
		.array(z.string().regex(/^[a-z]{2,3}$/, { error: 'Choose languages of the list.' }))
		.max(20)
		.transform((languages) => [...new Set(languages)])
		.default([]),
	recordingPlan: z.enum(['audio', 'notes_only'], { error: 'Choose sound or notes.' }),
	leadId: nobody,
	noteTakerIds: z
		.array(z.uuid())
		.max(10, { error: 'Up to ten people take notes.' })
		.transform((ids) => [...new Set(ids)])
		.default([]),
	safeAdultId: nobody,
	peerHosts: counted('Enter how many students host.').max(20).default(0),
	interpreters: counted('Enter how many interpreters come.').max(20).default(0),
});

export const dialogEdit = dialogBody.extend({ version: z.number().int().min(1) });

export const dialogMove = z.object({
	version: z.number().int().min(1),
	reason: z
		.string()
		.trim()
		.min(1, { error: 'Say why in a few words.' })
		.max(300, { error: 'A reason has up to 300 characters.' }),
});

export const slipsBody = z.object({ isReplacement: z.boolean().default(false) });

export type DialogBody = z.output<typeof dialogBody>;
export type DialogInput = z.input<typeof dialogBody>;

export interface DialogList {
	dialogs: DialogView[];
	timezone: string;
	page: number;
	hasMore: boolean;
}

/** One session in a list. */
export interface DialogView {
	id: string;
	/** How people name it: 'ds-01'. */
	key: string;
	group: { id: string; name: string } | null;
	site: { id: string; name: string };
	format: DialogFormat;
	/** Wall clock's time in the district: `2026-03-02T08:00`. */
	startsAt: string;
	minutes: number;
	place: string;
	plannedParticipants: number;
	status: 'planned' | 'running' | 'held' | 'cancelled';
	/** Planned, and its time has passed. */
	isOverdue: boolean;
	/** Planned, and nothing stands in the way of its start. */
	isReady: boolean;
	recordingPlan: RecordingMode;
	/** What it came to, once it was held. Never says why. */
	recordingMode: RecordingMode | null;
}

/** What still stands in the way of the start. */
export type DialogBlocker =
	| { kind: 'duty'; role: DialogRole; label: string }
	| { kind: 'gate'; step: string; text: string }
	| { kind: 'slips' };

export interface GateView {
	step: string;
	text: string;
	/** Calendar date in the district. */
	dueOn: string;
	blocksStart: boolean;
	state: 'done' | 'due' | 'overdue';
	/** Wall clock's time in the district. */
	doneAt: string | null;
	doneBy: string | null;
}

export interface DutyView {
	role: DialogRole;
	label: string;
	duties: string[];
	people: { id: string; name: string }[];
	/** Those counted and not named. */
	unnamed: number;
	/** How many the guide asks for. */
	min: number;
}

/** How much of a group did something, never which of them: a count only where nobody stands out. */
export type GroupShare =
	{ kind: 'nobody_yet' } | { kind: 'none' | 'some' | 'all' } | { kind: 'count'; n: number };

/** How many people a session had: exact only where the group is large enough. */
export type GroupSize = { kind: 'exact'; n: number } | { kind: 'fewer_than'; n: number };

export interface DialogDetail extends DialogView {
	timezone: string;
	version: number;
	directive: { id: string; text: string } | null;
	guide: { versionId: string; title: string; version: string };
	formatLabel: string;
	languages: string[];
	duties: DutyView[];
	notInTheRoom: string[];
	gates: GateView[];
	blockers: DialogBlocker[];
	/** More or fewer are expected than the guide means for this format. */
	isUnusualSize: boolean;
	groupSize: [number, number] | null;
	seats: number;
	slips: number;
	participants: GroupSize | null;
	consent: { scope: ConsentScope; share: GroupShare }[];
	agreements: string;
	deviations: string;
	/** Whether whoever asks has a duty there that lets them run it. */
	isMine: boolean;
}

/** What the mandate asks for, and how far the sessions have come. */
export interface DialogProgress {
	directives: DirectiveProgress[];
	/** Groups of the engagement without a session that is planned or was held. */
	groupsWithout: { id: string; name: string; site: string }[];
	overdue: { id: string; key: string; group: string | null; startsAt: string }[];
	totals: Tally;
	timezone: string;
}

export interface Tally {
	planned: number;
	overdue: number;
	held: number;
	cancelled: number;
}

export interface DirectiveProgress extends Tally {
	/** Null: sessions that answer no line of the mandate. */
	directive: { id: string; text: string } | null;
	groups: (Tally & { group: { id: string; name: string; site: string } | null })[];
}

/** What a session can be made of. */
export interface DialogOptions {
	groups: { id: string; name: string; siteId: string; site: string }[];
	sites: { id: string; name: string }[];
	directives: { id: string; text: string }[];
	guides: GuideOption[];
	/** Who can lead or take notes. */
	facilitators: { id: string; name: string }[];
	/** Who would be refused, because the guide keeps them out of the room. */
	keptOut: { id: string; name: string }[];
	safeAdults: { id: string; name: string }[];
	/** Languages of the district, by their codes. */
	languages: string[];
	timezone: string;
}

export interface GuideOption {
	versionId: string;
	title: string;
	version: string;
	formats: {
		key: DialogFormat;
		label: string;
		how: string;
		groupSize: [number, number];
		minutes: number;
	}[];
	prompts: { key: string; text: string }[];
	notInTheRoom: string[];
}

/** A slip for one seat, shown once. */
export interface SeatSlip {
	label: string;
	/** In groups: `K7QM-2XH9-TPC`. */
	code: string;
}

export interface SeatSlips {
	slips: SeatSlip[];
	/** Names the session, on every slip. */
	slipCode: string;
	/** The address to type: `example.org/withdraw`. */
	address: string;
	replaced: boolean;
}

/** What the invitation says, as data; the words around it are the page's. */
export interface DialogLetter {
	district: string;
	engagement: string;
	group: string | null;
	site: string;
	startsAt: string;
	minutes: number;
	place: string;
	format: DialogFormat;
	/** Codes of the languages that are interpreted. */
	languages: string[];
	recordingPlan: RecordingMode;
	/** The address to type to take words back. */
	withdrawAddress: string;
	deleteSoundAfterDays: number;
	texts: Record<LetterLanguage, LetterText>;
}

export const letterLanguages = ['en', 'es', 'ar'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

export interface LetterText {
	title: string;
	/** What language the guide's words are in: English where it has no translation. */
	language: LetterLanguage;
	/** How the translation was checked, as its file says; null for the original. */
	review: string | null;
	formatLabel: string;
	how: string;
	/** Each role as often as it is filled. */
	present: { role: DialogRole; label: string; n: number }[];
	notInTheRoom: string[];
	groundRules: string[];
	prompts: string[];
	/** What is agreed to, in the very words of the ledger; the guardian's where one is needed. */
	scopes: { scope: ConsentScope; student: string; guardian: string | null }[];
}

/** The facilitator's page: everything of the guide that is needed in the room. */
export interface DialogChecklist {
	key: string;
	title: string;
	group: string | null;
	site: string;
	place: string;
	startsAt: string;
	minutes: number;
	formatLabel: string;
	how: string;
	recordingPlan: RecordingMode;
	plannedParticipants: number;
	duties: DutyView[];
	notInTheRoom: string[];
	gates: GateView[];
	groundRules: string[];
	agenda: { block: string; minutes: number; prompts: { key: string; text: string }[] }[];
	scripts: { key: string; text: string }[];
	after: { step: string; owner: string }[];
	neverCapture: string[];
}
