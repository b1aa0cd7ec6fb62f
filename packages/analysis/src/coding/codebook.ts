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
const plain = z.record(z.string(), z.string());

/**
 * The words of a codebook as texts that stand for its themes: label and definition, what to
 * include, and every example phrase on its own. Takes the project's codebook shape or
 * `{ themeId: text }`. What to exclude is left out: those words belong to other themes.
 *
 * @throws Error when it is neither.
 */
export function priorOfCodebook(codebook: unknown): PriorText[] {
	const parsed = grouped.safeParse(codebook);
	if (!parsed.success) {
		const list = plain.safeParse(codebook);
		if (!list.success) {
			throw new Error(
				'The codebook has neither shape: give { themeId: text } or { groups: [{ themes: [{ id, label, definition }] }] }.',
			);
		}
		return Object.entries(list.data).map(([themeId, text]) => ({ themeId, text }));
	}
	return parsed.data.groups.flatMap((group) =>
		group.themes.flatMap((entry) => [
			{ themeId: entry.id, text: `${entry.label}. ${entry.definition}` },
			...(entry.include.length > 0 ? [{ themeId: entry.id, text: entry.include.join('. ') }] : []),
			...entry.example_phrases.map((text) => ({ themeId: entry.id, text })),
		]),
	);
}
