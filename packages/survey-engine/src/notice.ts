import { z } from 'zod';
import {
	definitionId,
	languageCode,
	languageSchema,
	localTextSchema,
	type LocalText,
} from './definition.ts';
import { hasText } from './text.ts';

const element = z.strictObject({
	id: definitionId,
	heading: localTextSchema,
	text: localTextSchema,
});

const noticeBase = {
	id: definitionId,
	kind: z.enum(['tennessen', 'inline', 'resources', 'info', 'annual', 'direct', 'consent']),
	when: z.string(),
	/** Whom it is for; students unless said otherwise. */
	audience: z.enum(['students', 'adults']).optional(),
	/** Whether a person must say that they read it before they go on. */
	mustAcknowledge: z.boolean(),
	channels: z.array(z.string()).optional(),
	signedBy: z.array(z.string()).optional(),
};

/** A notice is one text, or several with a heading each; words may hold {{placeholders}}. */
const notice = z.union([
	z.strictObject({ ...noticeBase, text: localTextSchema }),
	z.strictObject({ ...noticeBase, elements: z.array(element).min(1) }),
]);

/** The schema of a file of notices. */
export const noticeFileSchema = z.strictObject({
	schema: z.literal('throughline-notices/1'),
	isSynthetic: z.boolean().optional(),
	comment: z.string().optional(),
	defaultLanguage: languageCode,
	languages: z.array(languageSchema).min(1),
	notices: z.array(notice),
});

export type NoticeFile = z.infer<typeof noticeFileSchema>;
export type Notice = z.infer<typeof notice>;

/** The texts of a notice with their headings; the heading is null when there is only one text. */
export function noticeParts(
	notice: Notice,
): { id: string; heading: LocalText | null; text: LocalText }[] {
	return 'elements' in notice
		? notice.elements
		: [{ id: notice.id, heading: null, text: notice.text }];
}

/**
 * Puts values into the {{placeholders}} of a text.
 *
 * @throws RangeError when a placeholder has no value: a notice with a gap must not be shown
 * @example fillPlaceholders('Groups of {{min_n}}.', { min_n: '10' }) // 'Groups of 10.'
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(placeholderPattern, (_, name: string) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined) {
			throw new RangeError(`The placeholder {{${name}}} has no value: give it one.`);
		}
		return value;
	});
}

/** The names of the placeholders in a text, in order, each once. */
export function placeholders(text: string): string[] {
	return [...new Set(Array.from(text.matchAll(placeholderPattern), ([, name]) => name ?? ''))];
}

/**
 * What is missing in a file of notices: words in a language marked as reviewed, a placeholder that
 * one language has and another has not, an id used twice. Each as one sentence; none is good.
 */
export function checkNotices(file: NoticeFile): string[] {
	const reviewed = file.languages.filter(({ status }) => status === 'reviewed');
	const languages = new Set([file.defaultLanguage, ...reviewed.map(({ code }) => code)]);
	const ids = file.notices.map(({ id }) => id);
	const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
	const texts = file.notices.flatMap((notice) =>
		noticeParts(notice).flatMap(({ id, heading, text }) =>
			[heading, text].flatMap((words) =>
				words === null ? [] : [{ place: `${notice.id}/${id}`, words }],
			),
		),
	);
	return [
		...repeated.map((id) => `The notice id '${id}' is used twice.`),
		...texts.flatMap(({ place, words }) =>
			[...languages].flatMap((language) =>
				checkWords(words, file.defaultLanguage, { place, language }),
			),
		),
	];
}

const placeholderPattern = /\{\{([a-z][a-z0-9_]*)\}\}/g;

function checkWords(
	text: LocalText,
	defaultLanguage: string,
	{ place, language }: { place: string; language: string },
): string[] {
	if (!hasText(text, language)) {
		return [`${place} has no words in '${language}'.`];
	}
	const expected = placeholders(text[defaultLanguage] ?? '')
		.toSorted()
		.join();
	const found = placeholders(text[language] ?? '')
		.toSorted()
		.join();
	return expected === found ? [] : [`${place} has other placeholders in '${language}'.`];
}
