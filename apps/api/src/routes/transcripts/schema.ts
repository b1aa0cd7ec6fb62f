import { REDACTION_KINDS } from '@throughline/analysis/text';
import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const sessionParam = engagementParam.extend({ sessionId: z.uuid() });
export const transcriptParam = sessionParam.extend({ transcriptId: z.uuid() });
export const redactionParam = transcriptParam.extend({ redactionId: z.uuid() });
export const spanParam = transcriptParam.extend({ spanId: z.uuid() });
export const speechParam = sessionParam.extend({ recordingId: z.uuid() });
export const loggedParam = engagementParam.extend({ redactionId: z.uuid() });

const language = z
	.string()
	.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'Choose a language.' });
const ms = z.number().int().min(0).max(2_000_000_000);
const speaker = z.union([z.uuid(), z.enum(['facilitator', 'nobody', 'room', ''])]);
const file = z.instanceof(File, { error: 'Choose a file.' }).refine(hasKnownName, {
	error: 'Choose a file whose name ends in .vtt, .srt, .txt, .docx, .csv or .json.',
});

export const speechBody = z.object({ recordingId: z.uuid(), language });

export const previewForm = z.object({ file, recordingId: z.uuid().optional() });
export const importForm = z.object({
	file,
	plan: z
		.string()
		.max(200_000)
		.transform((text, context): unknown => {
			try {
				return JSON.parse(text);
			} catch {
				context.addIssue({ code: 'custom', message: 'This is no JSON.' });
				return z.NEVER;
			}
		})
		.pipe(
			z.object({
				language,
				offsetMs: z.number().int().min(-2_000_000_000).max(2_000_000_000).default(0),
				recordingId: z.uuid().nullable().default(null),
				map: z
					.array(z.object({ label: z.string().max(500), speaker }))
					.max(500)
					.default([]),
			}),
		),
});

export const turnsQuery = z.object({
	/** The place of the first turn. */
	from: z.coerce.number().default(0),
	/** Only turns before this place. */
	before: z.coerce.number().optional(),
	limit: z.coerce.number().int().min(1).max(400).default(100),
});
export const placeQuery = z.object({ from: z.coerce.number().default(0) });

const seen = { turnId: z.uuid(), version: z.number().int() };
export const editBody = z.discriminatedUnion('kind', [
	z.object({
		...seen,
		kind: z.literal('text'),
		text: z.string().max(20_000, { error: 'A turn has up to 20,000 characters.' }),
	}),
	z.object({ ...seen, kind: z.literal('split'), at: z.number().int().min(0) }),
	z.object({ ...seen, kind: z.literal('merge') }),
	z.object({ ...seen, kind: z.literal('seat'), speaker }),
	z.object({ ...seen, kind: z.literal('unclear'), isUnclear: z.boolean() }),
	z.object({ ...seen, kind: z.literal('time'), startMs: ms, endMs: ms }),
	z.object({
		...seen,
		kind: z.literal('prompt'),
		promptKey: z.string().max(200).nullable(),
		/** The turns behind it on the same prompt too. */
		isFromHere: z.boolean().default(false),
	}),
	z.object({ ...seen, kind: z.literal('delete') }),
]);

export const decisionBody = z.object({
	status: z.enum(['accepted', 'rejected']),
	/** Every undecided one of the same words too. */
	isForAll: z.boolean().default(false),
});
export const hideBody = z.object({
	...seen,
	start: z.number().int().min(0),
	end: z.number().int().min(1),
	kind: z.enum(REDACTION_KINDS),
});
export const reverseBody = z.object({ status: z.enum(['accepted', 'rejected']) });

const place = z.object({ turnId: z.uuid(), at: z.number().int().min(0) });
export const spanBody = z.object({ start: place, end: place });
export const takeBody = z.object({ promptKey: z.string().max(200).nullable().default(null) });

/** One label of a file, to be given to a seat. */
export interface FoundLabel {
	label: string;
	turns: number;
	/** Per cent of the words. */
	share: number;
}

/** What is in a file, before anything is stored. */
export interface TranscriptPreview {
	format: string | null;
	hasTimes: boolean;
	cues: number;
	seconds: number;
	/** Per cent of the time that cues cover; null without times. */
	coverage: number | null;
	missing: { startMs: number; endMs: number }[];
	labels: FoundLabel[];
	/** Cues without a label. */
	unlabelled: number;
	dropped: { line: number; why: string }[];
	droppedInAll: number;
	problems: { line: number; message: string }[];
	problemsInAll: number;
	notes: { line: number; message: string }[];
	/** The first words, to see that they are read right. */
	sample: { startMs: number; label: string | null; text: string }[];
}

export interface TranscriptReportView {
	format: string | null;
	cues: number;
	coverage: number | null;
	dropped: { line: number; why: string }[];
	problemLines: number[];
	askedToDelete: number;
	notAllowed: number;
	missing: number;
}

export interface TranscriptSummary {
	id: string;
	source: string;
	language: string;
	status: 'draft' | 'checked';
	createdAt: string;
	report: TranscriptReportView;
}

export interface SeatView {
	id: string;
	label: string;
}

export interface RecordingChoice {
	id: string;
	label: string;
	offsetMs: number;
	durationMs: number | null;
}

export interface TranscriptList {
	session: { id: string; key: string; startsAt: string };
	seats: SeatView[];
	languages: string[];
	recordings: RecordingChoice[];
	hasNotes: boolean;
	/** Whether this server can transcribe by itself. */
	canTranscribe: boolean;
	transcripts: TranscriptSummary[];
}

/** What rests on a transcript: with any excerpt it cannot be removed. */
export interface TranscriptUseView {
	excerpts: number;
	coded: number;
	quotes: number;
}

export interface ImportedView {
	transcriptId: string;
	turns: number;
	suggestions: number;
	report: TranscriptReportView;
}

export interface PromptChoice {
	key: string;
	/** Its words in the guide; its key where the guide does not know it. */
	label: string;
	isUsed: boolean;
}

/** How far a transcript is. */
export interface TranscriptCounts {
	turns: number;
	undecided: number;
	unassigned: number;
	excerpts: number;
	canUndo: boolean;
	canRedo: boolean;
}

export interface TranscriptView extends TranscriptSummary {
	/** False for who was not in the room: seats, sound and edits are not theirs. */
	canEdit: boolean;
	direction: 'ltr' | 'rtl';
	session: { id: string; key: string };
	recording: RecordingChoice | null;
	seats: SeatView[];
	/** The guide's, in its order, and whatever else turns stand on. */
	prompts: PromptChoice[];
	counts: TranscriptCounts;
	/** The transcript in blocks: where each begins, and how many turns it has. */
	blocks: { from: number; count: number; startMs: number }[];
}

export interface RedactionView {
	id: string;
	start: number;
	end: number;
	kind: string;
	source: 'suggested' | 'by_hand';
	status: 'suggested' | 'accepted' | 'rejected';
}

/** A turn. In a checked transcript hidden words are not in `text`, and `redactions` is empty. */
export interface TurnView {
	id: string;
	position: number;
	version: number;
	startMs: number;
	endMs: number;
	kind: 'speech' | 'missing';
	/**
	 * A seat's id, 'facilitator', 'nobody', 'room' for somebody there, or '' while nobody said;
	 * 'participant' for a seat's where it is not told which.
	 */
	speaker: string;
	promptKey: string | null;
	text: string;
	isUnclear: boolean;
	/** Of notes: somebody's very words, or those of whoever took the note. */
	note: 'exact' | 'paraphrase' | null;
	/** Whoever said it took it back: its words are not shown to anyone any more. */
	isTakenBack: boolean;
	redactions: RedactionView[];
	/** Excerpts that hold words of it: where in the text as it is shown. */
	spans: { id: string; start: number; end: number }[];
}

export interface TurnPage {
	turns: TurnView[];
	/** Where to go on from; null at the end. */
	next: number | null;
}

/** What a change came to. */
export interface ChangedTurns {
	turns: TurnView[];
	goneIds: string[];
	/** More turns changed than are told here. */
	hasMore: boolean;
	counts: TranscriptCounts;
}

export interface FoundPlace {
	turnId: string;
	position: number;
	redactionId: string | null;
}

export interface CheckedView {
	dropped: number;
}

export interface TakenTurns {
	made: number;
	passedOver: number;
}

export interface RedactionLog {
	entries: {
		id: string;
		sessionKey: string;
		/** Null once whoever said them took them back. */
		words: string | null;
		language: string;
		direction: 'ltr' | 'rtl';
		kind: string;
		source: 'suggested' | 'by_hand';
		status: 'accepted' | 'rejected';
		decidedBy: string | null;
		decidedAt: string | null;
		/** An excerpt rests on it: it cannot be reversed. */
		isHeld: boolean;
	}[];
	page: number;
	hasMore: boolean;
}

/** Checked transcripts somebody may mark excerpts in. */
export interface CheckedTranscripts {
	transcripts: {
		id: string;
		session: { id: string; key: string };
		source: string;
		language: string;
		turns: number;
		excerpts: number;
	}[];
	page: number;
	hasMore: boolean;
}

/** A name is only shown, never a path; what it hides from a reader, or says the file is, counts. */
function hasKnownName({ name }: File): boolean {
	return (
		/^[^\p{Cc}\p{Bidi_Control}]{1,255}$/u.test(name) && /\.(vtt|srt|txt|docx|csv|json)$/i.test(name)
	);
}
