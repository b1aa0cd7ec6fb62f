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
	placeholders: Record<string, LocalText>;
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

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;
/** After a full stop or a question mark of any of our languages. */
const betweenSentences = /(?<=[.!?\u061f])\s+/u;

/** A sentence with a placeholder that nobody filled is left out: no student reads a gap. */
function fill(text: LocalText, { language, fallback, placeholders }: Wording): TextInLanguage {
	const found = localText(text, language, fallback);
	const isFilled = (sentence: string) =>
		[...sentence.matchAll(placeholder)].every(([, name = '']) => Object.hasOwn(placeholders, name));
	const filled = found.text
		.split(betweenSentences)
		.filter(isFilled)
		.join(' ')
		.replaceAll(
			placeholder,
			(_, name: string) => localText(placeholders[name] ?? {}, found.language, fallback).text,
		);
	return { ...found, text: filled };
}
