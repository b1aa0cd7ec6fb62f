import { z } from 'zod';

const DAY_MS = 86_400_000;
/** Five seconds each: more than a day. */
const MOST_SLICES = 20_000;

const ms = z.number().int().min(0).max(DAY_MS);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const span = { startMs: ms, endMs: ms };

export const sessionParam = z.object({ engagementId: z.uuid(), sessionId: z.uuid() });
export const recordingParam = sessionParam.extend({ recordingId: z.uuid() });
export const uploadParam = z.object({ engagementId: z.uuid(), recordingId: z.uuid() });
export const audioQuery = z.object({
	/** Of the original, where there is no copy to play: each segment is a file. */
	segment: z.coerce.number().int().min(0).max(MOST_SLICES).optional(),
});

export const originalQuery = z.object({
	/** The first is 0. */
	segment: z.coerce.number().int().min(0).max(MOST_SLICES).default(0),
});

export const deleteBody = z.object({
	reason: z
		.string()
		.trim()
		.min(1, { error: 'Say why in a few words.' })
		.max(300, { error: 'A reason has up to 300 characters.' }),
});

export const announceBody = z.object({
	id: z.uuid(),
	/** `file` for one made by another recorder: it needs no tablet of the project. */
	source: z.enum(['device', 'file']),
	mime: z.string().max(100),
	label: z.string().trim().max(80),
	tableNo: z.number().int().min(1).max(99).nullable(),
	startedAt: z.iso.datetime(),
	offsetMs: z.number().int().min(-DAY_MS).max(DAY_MS),
	manifest: z.object({
		/** Segment, bytes, hash, beginning and end of each slice. */
		slices: z
			.array(z.tuple([z.number().int().min(0), z.number().int().min(0), sha256, ms, ms]))
			.max(MOST_SLICES),
		gaps: z.array(z.object({ ...span, reason: z.string().max(40) })).max(5000),
	}),
	cuts: z.array(z.object({ id: z.uuid(), ...span })).max(1000),
});

export const verifyBody = z.object({
	bytes: z.number().int().min(0),
	sha256: sha256.nullable(),
});

/** A recording as those see it who look after it. Times are milliseconds since it began. */
export interface RecordingView {
	id: string;
	label: string;
	tableNo: number | null;
	status: 'announced' | 'received' | 'ready' | 'failed' | 'deleted';
	/** In words, when something is wrong with it. */
	problem: string | null;
	/** Of the copy to play, in per cent. */
	progress: number;
	startedAt: string;
	/** Put on a time of the recording, it gives the session's. */
	offsetMs: number;
	durationMs: number | null;
	bytes: number | null;
	/** What can be listened to: `copy` is seekable and in step with the clock. */
	audio: 'copy' | 'original' | 'preparing' | 'needs_ffmpeg' | 'none';
	/** Whether they may have the sound as it came: never once something was taken back. */
	mayHaveOriginal: boolean;
	/** How many files the original is made of. */
	segments: number;
	gaps: { startMs: number; endMs: number; reason: string }[];
	cuts: { startMs: number; endMs: number; reason: 'asked' | 'withdrawn' | 'redacted' }[];
	/** How it belongs together with the other recordings of its table. */
	merge: MergeView;
	/** The day it is deleted, if nobody does before. */
	deleteAfter: string;
	deletedAt: string | null;
}

export type MergeView =
	/** No other recording of the table is here. */
	| { type: 'alone' }
	/** There are others, and they can be played one by one only. */
	| { type: 'needs_ffmpeg' }
	/** Its copy takes of the others, and is not made yet. */
	| { type: 'making' }
	/** Its copy holds what others heard in its gaps; `missing` is what nobody heard. */
	| {
			type: 'made';
			fills: { startMs: number; endMs: number; label: string }[];
			missing: { startMs: number; endMs: number }[];
	  }
	/** Its sound is in the gaps of another one's copy. */
	| { type: 'part'; of: string };

export interface RecordingList {
	recordings: RecordingView[];
}
