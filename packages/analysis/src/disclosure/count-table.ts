import type { CountTable } from './count-audit.ts';
import { type GroupCount, protectOneDimension } from './one-dimension.ts';
import type { DisclosureParams } from './params.ts';
import { type CountGrid, type Position, protectTwoDimension } from './two-dimension.ts';

/** A table of exact counts of incidents or of people in them, before protection. */
export interface CountsInput {
	id: string;
	populationId: string;
	attributeId: string;
	groups: readonly GroupCount[];
	isTotalShown: boolean;
	params: DisclosureParams;
}

/** Protects counts by one attribute by hiding; what is left may be published and is auditable. */
export function protectCounts(input: CountsInput): CountTable {
	const { attributeId, groups, params, isTotalShown } = input;
	const protection = protectOneDimension(groups, { isTotalShown, params });
	const hidden = [...protection.primary, ...protection.complementary];
	const total = groups.reduce((sum, { count }) => sum + count, 0);
	const cells: CountTable['cells'] = groups.map(({ id, count }) => ({
		at: { [attributeId]: id },
		count: hidden.includes(id) ? null : count,
	}));
	const totalCell = { at: {}, count: protection.isTotalShown ? total : null };
	return {
		kind: 'counts',
		id: input.id,
		populationId: input.populationId,
		dimensions: [{ attributeId, groups: groups.map(({ id }) => id) }],
		cells: isTotalShown ? [...cells, totalCell] : cells,
	};
}

/** A table of exact counts by two attributes, before protection. */
export interface CrossedCountsInput {
	id: string;
	populationId: string;
	rowAttributeId: string;
	columnAttributeId: string;
	grid: CountGrid;
	params: DisclosureParams;
}

/** Protects counts by two attributes (internal packs: the public sees one dimension). */
export function protectCrossedCounts(input: CrossedCountsInput): CountTable {
	const { grid, rowAttributeId, columnAttributeId } = input;
	const protection = protectTwoDimension(grid, input.params);
	const hidden = [...protection.primary, ...protection.complementary];
	const isPublished = ({ row, column }: Position): boolean => {
		const isRowMargin = row === grid.rows.length;
		const isColumnMargin = column === grid.columns.length;
		if (isRowMargin && isColumnMargin) {
			return grid.isGrandTotalShown;
		}
		return isRowMargin ? grid.areColumnTotalsShown : !isColumnMargin || grid.areRowTotalsShown;
	};
	const positions = [...grid.rows, null].flatMap((_, row) =>
		[...grid.columns, null].map((__, column) => ({ row, column })),
	);
	return {
		kind: 'counts',
		id: input.id,
		populationId: input.populationId,
		dimensions: [
			{ attributeId: rowAttributeId, groups: grid.rows },
			{ attributeId: columnAttributeId, groups: grid.columns },
		],
		cells: positions.filter(isPublished).map(({ row, column }) => {
			const rowId = grid.rows[row];
			const columnId = grid.columns[column];
			const isHidden = hidden.some((cell) => cell.row === row && cell.column === column);
			return {
				at: {
					...(rowId === undefined ? {} : { [rowAttributeId]: rowId }),
					...(columnId === undefined ? {} : { [columnAttributeId]: columnId }),
				},
				count: isHidden ? null : sumAt(grid, { row, column }),
			};
		}),
	};
}

function sumAt({ rows, columns, counts }: CountGrid, { row, column }: Position): number {
	return counts
		.filter((_, index) => row === rows.length || index === row)
		.flatMap((line) => line.filter((_, index) => column === columns.length || index === column))
		.reduce((sum, count) => sum + count, 0);
}
