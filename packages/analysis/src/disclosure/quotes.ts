/** Attributes of the person behind a quote: school, grade_band, race, role_detail. */
export type QuoteAttributes = Readonly<Record<string, string>>;

/** How many people share these attributes and answered that item. */
export interface QuoteCell {
	attrs: QuoteAttributes;
	k: number;
}

/** The attributes a label may carry and how many people they stand for. */
export interface QuoteLabel {
	attrs: QuoteAttributes;
	k: number;
}

/** Names to put into a label; a missing one leaves the id. */
export interface LabelNames {
	/** 'Student' */
	role: string;
	/** Attribute id to value id to name: { school: { gph: 'Granite Point High School' } }. */
	values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The order in which attributes are given up (domain 3.5). */
export const dropOrder: readonly string[] = ['race', 'grade_band', 'school', 'role_detail'];

/**
 * Step 9: drops attributes in the given order until at least k people share what is left. A cell
 * that is not listed counts as nobody. Null when not even the bare label stands for k people.
 */
export function generalizeQuoteLabel(
	attrs: QuoteAttributes,
	cells: readonly QuoteCell[],
	{ order = dropOrder, k }: { order?: readonly string[]; k: number },
): QuoteLabel | null {
	let left = attrs;
	for (const dropped of [null, ...order]) {
		left = Object.fromEntries(Object.entries(left).filter(([name]) => name !== dropped));
		const people = cells.find((cell) => isSame(cell.attrs, left))?.k ?? 0;
		if (people >= k) {
			return { attrs: left, k: people };
		}
	}
	return null;
}

/** The label in words: role, then grades, race and school where they are kept. English. */
export function composeQuoteLabel(attrs: QuoteAttributes, names: LabelNames): string {
	const nameOf = (attribute: string): string[] => {
		const value = attrs[attribute];
		return value === undefined ? [] : [names.values?.[attribute]?.[value] ?? value];
	};
	const grades = nameOf('grade_band').map((band) => `grades ${band}`);
	const parts = [...nameOf('role_detail'), ...grades, ...nameOf('race'), ...nameOf('school')];
	return [names.role, ...parts].join(', ');
}

function isSame(a: QuoteAttributes, b: QuoteAttributes): boolean {
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
