import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { lockTheme, type ThemeWords, updateTheme } from '@throughline/db/queries/codebook';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';

/**
 * Changes the words of a theme, and writes down who changed what. Codings stay as they are: who
 * changes what a theme means should look at them again.
 * @throws AppError 404 when there is no such theme in use.
 */
export async function editTheme(
	deps: Pick<Deps, 'db' | 'random' | 'suggestions'>,
	key: { engagementId: string; themeId: string },
	{ words, personId }: { words: ThemeWords; personId: string },
): Promise<void> {
	const isChanged = await deps.db.transaction().execute(async (trx) => {
		const theme = await lockTheme(trx, key);
		if (!theme) {
			throw notFound();
		}
		const { key: themeKey, ...before } = theme;
		const after = { ...before, ...words };
		if (JSON.stringify(before) === JSON.stringify(after)) {
			return false;
		}
		await updateTheme(trx, key, words);
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: deps.random.uuid7(),
			personId,
			action: 'theme.edited',
			target: key.themeId,
			detail: { theme: themeKey, before, after },
		});
		return true;
	});
	if (isChanged) {
		deps.suggestions.noteCodebook(key.engagementId);
	}
}
