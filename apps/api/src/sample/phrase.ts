import { z } from 'zod';

const words = z.string().min(1);
const themes = z.array(z.string().regex(/^[A-E][1-9]$/)).max(4);
const openers = z.array(words).min(1);

/** What makes a student likelier to write a phrase: an identity, a level, being new to English. */
const hint = z.enum([
	'aian',
	'asian',
	'black',
	'hispanic',
	'mena',
	'nhpi',
	'white',
	'iep',
	'el',
	'girl',
	'nb',
	'middle',
]);

const phrase = z.strictObject({
	id: z.string().regex(/^s\d\d-\d{3}$/),
	/** `{a|b}` stands for one of its alternatives. */
	text: words,
	/** Themes it carries; none for blank words and answers off the topic. */
	themes,
	/** The themes another careful coder might see in it. */
	second: themes.optional(),
	language: z.enum(['en', 'es', 'ar', 'mixed']),
	kind: z.enum([
		'plain',
		'slang',
		'misspelled',
		'two_ideas',
		'off_topic',
		'blank_word',
		'long',
		'contains_name',
	]),
	lean: z.enum(['positive', 'negative', 'mixed', 'neutral']),
	/** Written by nobody else: first-person identity, a school, a level. */
	only: z
		.strictObject({
			sites: z.array(words).optional(),
			level: z.literal('high').optional(),
			groups: z.array(hint).optional(),
		})
		.optional(),
	likelier: z.array(hint).optional(),
	/** Invented names in it, to be redacted before anyone reads the answer. */
	names: z.array(words).optional(),
});

export const phraseFileSchema = z.strictObject({
	synthetic: z.literal(true),
	question: z.string().regex(/^S\d\d$/),
	phrases: z.array(phrase).min(1),
});

const connectors = z.strictObject({
	openers,
	/** Openers that need a whole sentence after them, used before `clauseStarts` only. */
	clauseOpeners: openers,
	clauseStarts: openers,
	joiners: openers,
	closers: openers,
});

export const connectorFileSchema = z.strictObject({
	synthetic: z.literal(true),
	connectors: z.strictObject({ en: connectors, es: connectors, ar: connectors }),
});

export type Phrase = z.infer<typeof phrase>;
export type PhraseHint = z.infer<typeof hint>;
/** Phrases by the open question they answer. */
export type PhraseBook = Record<string, readonly Phrase[]>;
export type Connectors = z.infer<typeof connectors>;
export type AllConnectors = z.infer<typeof connectorFileSchema>['connectors'];
/** Languages a sample response is written in. */
export type SampleLanguage = keyof AllConnectors;
