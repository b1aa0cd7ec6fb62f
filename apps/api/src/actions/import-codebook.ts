import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { createCodebook, findCodebook } from '@throughline/db/queries/codebook';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

const lines = z.array(z.string().trim().min(1).max(300)).max(20).default([]);
const keySchema = z.string().trim().min(1).max(12).optional();
const theme = z.object({
	key: keySchema,
	id: keySchema.catch(undefined),
	label: z.string().trim().min(1).max(120),
	definition: z.string().trim().max(1000).default(''),
	include: lines,
	exclude: lines,
	examples: lines,
	example_phrases: lines,
});
const group = z.object({
	key: keySchema,
	id: keySchema.catch(undefined),
	label: z.string().trim().min(1).max(120),
	themes: z.array(theme).min(1).max(60),
});

/**
 * A codebook in a file, by itself or as its “codebook”, as the starter codebook lies there. Keys
 * not given are A, A1, A2, B, B1 …; `id` and `example_phrases` are taken for `key` and `examples`.
 */
export const codebookFile = z.preprocess(
	(file) =>
		typeof file === 'object' && file !== null && 'codebook' in file ? file.codebook : file,
	z.object({
		title: z.string().trim().min(1).max(200),
		unit: z.string().trim().min(1).max(500).default('One idea in one answer.'),
		groups: z.array(group).min(1).max(26),
	}),
);
export type CodebookFile = z.output<typeof codebookFile>;

/**
 * Gives an engagement its codebook.
 * @returns how many themes it has.
 * @throws AppError 409 `codebook_exists`; 422 when a key stands twice.
 */
export async function importCodebook(
	deps: Pick<Deps, 'db' | 'random'>,
	engagementId: string,
	file: CodebookFile,
): Promise<{ groups: number; themes: number }> {
	const groups = file.groups.map(({ key, id, label, themes }, place) => {
		const own = key ?? id ?? String.fromCodePoint(0x41 + place);
		return {
			id: deps.random.uuid7(),
			key: own,
			label,
			themes: themes.map((theme, index) => ({
				id: deps.random.uuid7(),
				key: theme.key ?? theme.id ?? `${own}${index + 1}`,
				label: theme.label,
				definition: theme.definition,
				include: theme.include,
				exclude: theme.exclude,
				examples: [...theme.examples, ...theme.example_phrases],
			})),
		};
	});
	const keys = groups.flatMap(({ themes }) => themes.map(({ key }) => key));
	checkOnce(groups.map(({ key }) => key));
	checkOnce(keys);
	await deps.db.transaction().execute(async (trx) => {
		if (await findCodebook(trx, engagementId)) {
			const why = 'This engagement has a codebook already. Edit its themes on the codebook page.';
			throw new AppError('codebook_exists', 409, why);
		}
		const { title, unit } = file;
		await createCodebook(trx, engagementId, { id: deps.random.uuid7(), title, unit, groups });
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: null,
			action: 'codebook.imported',
			target: engagementId,
			detail: { themes: keys.length },
		});
	});
	return { groups: groups.length, themes: keys.length };
}

function checkOnce(keys: readonly string[]): void {
	const twice = keys.find((key, place) => keys.indexOf(key) !== place);
	if (twice !== undefined) {
		const why = `The key '${twice}' stands twice. Give every group and every theme a key of its own.`;
		throw new AppError('invalid_input', 422, why, { fields: { groups: why } });
	}
}
