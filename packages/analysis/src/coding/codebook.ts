import { z } from 'zod';
import type { PriorText } from './model.ts';

const theme = z.object({
	id: z.string(),
	label: z.string(),
	definition: z.string().default(''),
	include: z.array(z.string()).default([]),
	example_phrases: z.array(z.string()).default([]),
});

const grouped = z.object({ groups: z.array(z.object({ themes: z.array(theme) })) });

/**
 * The words of a codebook as texts that stand for its themes, each a text of its own: label,
 * definition, what to include, example phrases. Takes the project's codebook shape or
 * `{ themeId: 'Label: this, that' }`, which is taken apart at its marks. What to exclude is left
 * out: those words belong to other themes.
 *
 * @throws Error when it is neither.
 */
export function priorOfCodebook(codebook: unknown): PriorText[] {
	const parsed = grouped.safeParse(codebook);
	if (parsed.success) {
		return parsed.data.groups.flatMap((group) =>
			group.themes.flatMap(({ id, label, definition, include, example_phrases }) =>
				[label, definition, ...include, ...example_phrases]
					.filter((text) => text !== '')
					.map((text) => ({ themeId: id, text })),
			),
		);
	}
	if (!isList(codebook)) {
		throw new Error(
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

/** Not a zod record: that passes over the key `__proto__`. */
function isList(codebook: unknown): codebook is Record<string, string> {
	return (
		typeof codebook === 'object' &&
		codebook !== null &&
		!Array.isArray(codebook) &&
		Object.values(codebook).every((text) => typeof text === 'string')
	);
}
