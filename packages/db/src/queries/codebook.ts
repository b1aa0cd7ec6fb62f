import type { Database } from '../types.ts';

export interface ThemeRow {
	id: string;
	key: string;
	label: string;
	definition: string;
	include: string[];
	exclude: string[];
	examples: string[];
	groupKey: string;
	groupLabel: string;
}

/** The words of a theme that may be edited. */
export type ThemeWords = Pick<
	ThemeRow,
	'label' | 'definition' | 'include' | 'exclude' | 'examples'
>;

/** The codebook of an engagement, or undefined. */
export async function findCodebook(
	db: Database,
	engagementId: string,
): Promise<{ id: string; title: string; unit: string; number: number } | undefined> {
	return await db
		.selectFrom('codebook')
		.select(['id', 'title', 'unit', 'number'])
		.where('engagement_id', '=', engagementId)
		.orderBy('number', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

/** The themes in use, in the codebook's order. */
export async function listThemes(db: Database, engagementId: string): Promise<ThemeRow[]> {
	return await db
		.selectFrom('theme as t')
		.innerJoin('theme_group as g', (join) =>
			join.onRef('g.engagement_id', '=', 't.engagement_id').onRef('g.id', '=', 't.theme_group_id'),
		)
		.select(['t.id', 't.key', 't.label', 't.definition', 't.include', 't.exclude', 't.examples'])
		.select(['g.key as groupKey', 'g.label as groupLabel'])
		.where('t.engagement_id', '=', engagementId)
		.where('t.archived_at', 'is', null)
		.orderBy('g.position')
		.orderBy('g.id')
		.orderBy('t.position')
		.orderBy('t.id')
		.execute();
}

/** One theme in use, kept from changing until the transaction ends; or undefined. */
export async function lockTheme(
	trx: Database,
	key: { engagementId: string; themeId: string },
): Promise<(ThemeWords & { key: string }) | undefined> {
	return await trx
		.selectFrom('theme')
		.select(['key', 'label', 'definition', 'include', 'exclude', 'examples'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.themeId)
		.where('archived_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
}

export async function updateTheme(
	trx: Database,
	key: { engagementId: string; themeId: string },
	words: ThemeWords,
): Promise<void> {
	await trx
		.updateTable('theme')
		.set(words)
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.themeId)
		.execute();
}

/** A codebook with its groups and themes, ids made by the caller, in the order given. */
export interface NewCodebook {
	id: string;
	title: string;
	unit: string;
	groups: {
		id: string;
		key: string;
		label: string;
		themes: (ThemeWords & { id: string; key: string })[];
	}[];
}

/** Stores the first codebook of an engagement. */
export async function createCodebook(
	trx: Database,
	engagementId: string,
	codebook: NewCodebook,
): Promise<void> {
	const own = { engagement_id: engagementId };
	const { id, title, unit, groups } = codebook;
	await trx
		.insertInto('codebook')
		.values({ ...own, id, title, unit, number: 1 })
		.execute();
	for (const [position, { id: groupId, key, label, themes }] of groups.entries()) {
		await trx
			.insertInto('theme_group')
			.values({ ...own, id: groupId, codebook_id: id, key, label, position })
			.execute();
		const rows = themes.map((theme, place) => ({
			...own,
			...theme,
			theme_group_id: groupId,
			position: place,
			archived_at: null,
		}));
		await trx.insertInto('theme').values(rows).execute();
	}
}
