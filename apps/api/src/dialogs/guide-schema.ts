import { z } from 'zod';

const key = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/);
const words = z.string().min(1);
const themeKey = z.string().regex(/^[A-E][1-9]$/);
const count = z.int().nonnegative();
const byKey = z.record(key, words);

/** What students and guardians read of a guide, in another language; lists in the guide's order. */
const translation = z.strictObject({
	/** As of a survey's translations: 'reviewed', and by whom. */
	status: words,
	note: words,
	title: words,
	formats: z.record(key, z.strictObject({ label: words, how: words })),
	roles: byKey,
	notInTheRoom: z.array(words),
	groundRules: byKey,
	prompts: byKey,
});

/** The guide of a dialog session: who is there, what is asked, what is written down. */
export const dialogGuideSchema = z.strictObject({
	key,
	version: words,
	title: words,
	forGroup: words,
	formats: z.array(
		z.strictObject({
			key,
			label: words,
			groupSize: z.tuple([count, count]),
			minutes: count,
			how: words,
		}),
	),
	roles: z.array(
		z.strictObject({
			key,
			label: words,
			min: count,
			duties: z.array(words),
			mayNotBe: z.array(words).optional(),
		}),
	),
	notInTheRoom: z.array(words),
	before: z.array(
		z.strictObject({ key, step: words, dueDaysBefore: count, blocksStart: z.boolean() }),
	),
	groundRules: z.array(z.strictObject({ key, text: words })),
	agenda: z.array(
		z.strictObject({
			key,
			block: words,
			minutes: count,
			formats: z.array(key).optional(),
			script: key.optional(),
			prompts: z.array(key).optional(),
		}),
	),
	prompts: z.array(
		z.strictObject({
			key,
			text: words,
			purpose: words.optional(),
			probes: z.array(words).optional(),
			themeHints: z.array(themeKey),
		}),
	),
	scripts: z.record(key, words),
	/** The scripts in other languages, by language. */
	scriptsIn: z.record(z.string().regex(/^[a-z]{2,3}$/), z.record(key, words)).optional(),
	capture: z.strictObject({
		sessionFields: z.array(key),
		noteFields: z.array(key),
		neverCapture: z.array(words),
		minParticipantsToReportSessionAlone: count,
	}),
	after: z.array(z.strictObject({ key, step: words, owner: key })),
	translations: z.record(z.string().regex(/^[a-z]{2,3}$/), translation).optional(),
});

export type DialogGuide = z.infer<typeof dialogGuideSchema>;
