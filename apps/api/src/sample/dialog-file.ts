import { z } from 'zod';

const words = z.string().min(1);
const letter = z.string().regex(/^[A-Z]$/);
const time = z.string().regex(/^\d\d:\d\d$/);
const promptKey = z.string().regex(/^P\d$/);

/** A span that must not be read, found by its words within the turn. */
const hidden = z.strictObject({
	words,
	kind: z.enum(['name', 'phone', 'email', 'id', 'address', 'zip', 'room', 'handle', 'birth_date']),
});

const turn = z.strictObject({
	/** Minutes and seconds since the session began. */
	at: time,
	until: time,
	/** The seat's letter; null: a facilitator. */
	seat: letter.nullable(),
	prompt: promptKey.optional(),
	words,
	isUnclear: z.literal(true).optional(),
	hide: z.array(hidden).optional(),
});

const note = z.strictObject({
	at: time,
	prompt: promptKey,
	seat: letter.nullable(),
	table: z.int().positive().optional(),
	words,
	isExact: z.boolean(),
	language: z.string().optional(),
});

/** What came of a session that was held: `sample/dialogs/<key>.json`. */
export const dialogFileSchema = z.strictObject({
	synthetic: z.literal(true),
	session: z.string(),
	language: z.string(),
	participants: z.int().positive(),
	minutes: z.int().positive(),
	agreements: z.string(),
	deviations: z.string(),
	/** How many took part, by one attribute at a time. */
	counts: z.record(z.string(), z.record(z.string(), z.int().nonnegative())),
	/** Seats that read, or were read, the words in another language. */
	languages: z.record(letter, z.enum(['en', 'es', 'ar'])),
	/** Seats without a permission, by its scope: the guardian's where sound is concerned. */
	without: z.partialRecord(
		z.enum(['recorded', 'transcribed', 'quoted', 'voice_played', 'kept']),
		z.array(letter),
	),
	/** Checked and redacted; a draft waits for both. */
	isChecked: z.boolean(),
	turns: z.array(turn),
	notes: z.array(note),
});

export type SampleDialog = z.infer<typeof dialogFileSchema>;

const themeKeys = z.array(words);

/** What was made of words of those sessions: `sample/dialog-evidence.json`. */
export const dialogEvidenceSchema = z.strictObject({
	synthetic: z.literal(true),
	/** Sessions whose turns are taken as excerpts. */
	sessions: z.array(z.string()),
	/** Themes both coders put on the excerpt that begins so, or the second coder's `other` ones. */
	codings: z.array(
		z.strictObject({
			session: z.string(),
			begins: words,
			themes: themeKeys,
			other: themeKeys.optional(),
		}),
	),
	quotes: z.array(z.strictObject({ session: z.string(), words })),
	finding: z.strictObject({ sentence: words, minorityView: words, themes: themeKeys }),
	/** Who took everything back afterwards. */
	withdrawn: z.strictObject({ session: z.string(), seat: letter }),
	/** Somebody quoted, whose slip newcomers are given to try. */
	slip: z.strictObject({ session: z.string(), seat: letter }),
});

/** Minutes and seconds as milliseconds. */
export function millisecondsOf(clock: string): number {
	const [minutes = '0', seconds = '0'] = clock.split(':');
	return (Number(minutes) * 60 + Number(seconds)) * 1000;
}
