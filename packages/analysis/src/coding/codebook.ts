import { z } from 'zod';
import type { PriorText } from './model.ts';
import { UnusableCorpus } from './unusable-corpus.ts';

const words = z.array(z.string()).default([]);
const theme = z.object({
	id: z.string().optional(),
	key: z.string().optional(),
	label: z.string(),
	definition: z.string().default(''),
	include: words,
	examples: words,
	example_phrases: words,
});
const group = z.object({
	id: z.string().optional(),
	key: z.string().optional(),
	themes: z.array(theme),
});

const grouped = z.object({ groups: z.array(group) });

/**
 * The words of a codebook as texts that stand for its themes, each a text of its own: label,
 * definition, what to include, examples. Takes the project's codebook shape, a theme being its `id`
 * or `key`, or the key its place gives it (A1, A2, B1 …), or
 * `{ themeId: 'Label: this, that' }`, which is taken apart at its marks. What to exclude is left
 * out: those words belong to other themes.
 *
 * @throws UnusableCorpus when it is neither.
 */
export function priorOfCodebook(codebook: unknown): PriorText[] {
	const parsed = grouped.safeParse(inside(codebook));
	if (parsed.success) {
		return parsed.data.groups.flatMap(({ id, key, themes }, place) => {
			const own = id ?? key ?? String.fromCodePoint(0x41 + place);
			return themes.flatMap((given, index) => {
				const themeId = given.id ?? given.key ?? `${own}${index + 1}`;
				const { label, definition, include, examples, example_phrases } = given;
				return [label, definition, ...include, ...examples, ...example_phrases]
					.filter((text) => text !== '')
					.map((text) => ({ themeId, text }));
			});
		});
	}
	if (!isList(codebook)) {
		throw new UnusableCorpus(
			'The codebook has neither shape: give { themeId: text } or { groups: [{ themes: [{ id, label, definition }] }] }.',
		);
	}
	return Object.entries(codebook).flatMap(([themeId, words]) =>
		words
			.split(/[:;,.]\s+/u)
			.map((text) => text.trim())
			.filter((text) => text !== '')
			.map((text) => ({ themeId, text })),
	);
}

/** A codebook that lies in a file as its “codebook”, or the file itself. */
function inside(file: unknown): unknown {
	return typeof file === 'object' && file !== null && 'codebook' in file ? file.codebook : file;
}

/** Not a zod record: that passes over the key `__proto__`. */
function isList(codebook: unknown): codebook is Record<string, string> {
	return (
		typeof codebook === 'object' &&
		codebook !== null &&
		!Array.isArray(codebook) &&
		Object.values(codebook).every((text) => typeof text === 'string')
	);
}
