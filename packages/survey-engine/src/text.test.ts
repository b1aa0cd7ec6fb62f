import { expect, test } from 'vitest';
import { canonicalJson, contentHash, definitionHash } from './canonical-json.ts';
import { definitionOf, single } from './example-survey.ts';
import { checkNotices, fillPlaceholders, noticeFileSchema, placeholders } from './notice.ts';
import { direction, localText } from './text.ts';

test.each([
	['en', 'ltr'],
	['ar', 'rtl'],
	['ar-EG', 'rtl'],
	['pa-Arab', 'rtl'],
	['az-Latn', 'ltr'],
	['fa', 'rtl'],
	['oj', 'ltr'],
])('%s is written %s', (language, expected) => {
	expect(direction(language)).toBe(expected);
});

test.each([
	[{ en: 'Yes', ar: 'نعم' }, 'ar', { text: 'نعم', language: 'ar', direction: 'rtl' }],
	[{ en: 'Yes', es: 'Sí' }, 'es-MX', { text: 'Sí', language: 'es', direction: 'ltr' }],
	[{ en: 'Yes', ar: ' ' }, 'ar', { text: 'Yes', language: 'en', direction: 'ltr' }],
	[{ ar: 'نعم' }, 'es', { text: 'نعم', language: 'ar', direction: 'rtl' }],
	[{}, 'constructor', { text: '', language: 'en', direction: 'ltr' }],
])('%j in %s is %j', (text, language, expected) => {
	expect(localText(text, language, 'en')).toEqual(expected);
});

test('canonical JSON does not depend on the order of keys', () => {
	expect(canonicalJson({ b: [1, null, 'é'], a: { d: true, c: undefined } })).toBe(
		'{"a":{"d":true},"b":[1,null,"é"]}',
	);
	expect(() => canonicalJson({ a: NaN })).toThrow(TypeError);
	expect(() => canonicalJson(() => 1)).toThrow(TypeError);
});

test('the hash is SHA-256 of the canonical JSON', async () => {
	// printf '""' | sha256sum
	expect(await contentHash('')).toBe(
		'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126',
	);
});

test('the hash of a definition changes with every word and not with the order of keys', async () => {
	const definition = definitionOf([single('Q1', ['a'])]);
	const reordered = Object.fromEntries(Object.entries(definition).toReversed());
	expect(await contentHash(reordered)).toBe(await definitionHash(definition));
	expect(await definitionHash({ ...definition, title: { en: 'Other' } })).not.toBe(
		await definitionHash(definition),
	);
});

test('placeholders are filled, and a gap is an error', () => {
	const text = '{{district}} shares groups of {{min_n}}. {{district}}!';
	expect(placeholders(text)).toEqual(['district', 'min_n']);
	expect(fillPlaceholders(text, { district: 'CNPS', min_n: '$&' })).toBe(
		'CNPS shares groups of $&. CNPS!',
	);
	expect(() => fillPlaceholders(text, { district: 'CNPS' })).toThrow('{{min_n}} has no value');
});

test('a notice with a gap in a reviewed language or other placeholders is reported', () => {
	const file = noticeFileSchema.parse({
		schema: 'throughline-notices/1',
		defaultLanguage: 'en',
		languages: [
			{ code: 'en', status: 'reviewed' },
			{ code: 'es', status: 'reviewed' },
		],
		notices: [
			{
				id: 'a',
				kind: 'info',
				when: 'x',
				mustAcknowledge: false,
				text: { en: 'A {{n}}', es: 'A' },
			},
			{ id: 'a', kind: 'info', when: 'x', mustAcknowledge: false, text: { en: 'B' } },
		],
	});
	expect(checkNotices(file)).toEqual([
		"The notice id 'a' is used twice.",
		"a/a has other placeholders in 'es'.",
		"a/a has no words in 'es'.",
	]);
});
