import { type LocalText, localText } from '@throughline/survey-engine';
import { z } from 'zod';
import type { TextInLanguage } from '../routes/student/schema.ts';

const texts = z.record(z.string(), z.string());

/** A stored notice: one text, or several elements that the law asks for one by one. */
export const noticeSchema = z.looseObject({
	kind: z.string(),
	text: texts.optional(),
	elements: z.array(z.object({ id: z.string(), heading: texts, text: texts })).optional(),
});

export type Notice = z.output<typeof noticeSchema>;

/** One part of a notice: what the law asks for, one by one, each under its own heading. */
interface NoticePart {
	id: string;
	heading: TextInLanguage | null;
	text: TextInLanguage;
}

interface Wording {
	language: string;
	fallback: string;
	placeholders: Record<string, string>;
}

/** The parts of a notice in one language, placeholders filled. */
export function noticeParts(notice: Notice, wording: Wording): NoticePart[] {
	const parts = (notice.elements ?? []).map(({ id, heading, text }) => ({
		id,
		heading: fill(heading, wording),
		text: fill(text, wording),
	}));
	return notice.text
		? [{ id: 'text', heading: null, text: fill(notice.text, wording) }, ...parts]
		: parts;
}

/** A notice of one text in one language, or null when there is none. */
export function noticeText(notice: Notice | undefined, wording: Wording): TextInLanguage | null {
	const [first] = notice ? noticeParts(notice, wording) : [];
	return first?.text ?? null;
}

/** An unfilled placeholder is left out with its braces rather than shown to a student. */
function fill(text: LocalText, { language, fallback, placeholders }: Wording): TextInLanguage {
	const found = localText(text, language, fallback);
	const filled = found.text.replaceAll(
		/\{\{\s*(\w+)\s*\}\}/g,
		(_, name: string) => placeholders[name] ?? '',
	);
	return { ...found, text: filled };
}
