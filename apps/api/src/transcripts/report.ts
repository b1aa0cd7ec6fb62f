import { z } from 'zod';

/** What was read of a file, what was dropped and why; never a label or a word of it. */
const reportSchema = z.object({
	/** As the file calls itself. */
	format: z.string().nullable().default(null),
	cues: z.number().default(0),
	/** Per cent of the time that cues cover; null without times. */
	coverage: z.number().nullable().default(null),
	dropped: z.array(z.object({ line: z.number(), why: z.string() })).default([]),
	/** Lines that were wrong, by place alone: what stood there is not kept. */
	problemLines: z.array(z.number()).default([]),
	/** Turns left out because the group asked to have that stretch deleted. */
	askedToDelete: z.number().default(0),
	/** Turns left out because nobody was to be transcribed there. */
	notAllowed: z.number().default(0),
	missing: z.number().default(0),
});

export type TranscriptReport = z.output<typeof reportSchema>;

export function readReport(stored: unknown): TranscriptReport {
	const parsed = reportSchema.safeParse(stored);
	return parsed.success ? parsed.data : reportSchema.parse({});
}
