import type { BenchRow } from './suggestions.ts';

/** The rows below each other: figure, what it is held against, the ratio, and whether it holds. */
export function table(rows: readonly BenchRow[]): string {
	const head = ['', 'figure', 'peer or limit', 'ratio', '', ''];
	const cells = [head, ...rows.map(cellsOf)];
	const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	const isNumber = (column: number) => column === 1 || column === 2 || column === 3;
	const lines = cells.map((row) =>
		row
			.map((cell, column) =>
				isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
			)
			.join('  ')
			.trimEnd(),
	);
	return lines.join('\n');
}

/** True when a figure is above the limit it has, or below its floor. */
export function isMissed({ figure, limit, floor }: BenchRow): boolean {
	return figure > (limit ?? Infinity) || figure < (floor ?? -Infinity);
}

function cellsOf(row: BenchRow): string[] {
	const { name, figure, unit, limit, floor, peer, ratio, note } = row;
	const held = peer?.figure ?? limit ?? floor ?? null;
	const bound = typeof limit === 'number' ? '≤ ' : '≥ ';
	const against = peer ? `${peer.name} ` : bound;
	const quotient = ratio ?? (held ? figure / held : null);
	return [
		name,
		`${short(figure)} ${unit}`,
		held === null ? '' : `${against}${short(held)} ${unit}`,
		quotient === null ? '' : quotient.toFixed(2),
		verdict(row),
		note ?? '',
	];
}

function verdict(row: BenchRow): string {
	if (typeof row.limit !== 'number' && typeof row.floor !== 'number') {
		return '';
	}
	if (!isMissed(row)) {
		return 'ok';
	}
	return typeof row.limit === 'number' && row.figure > row.limit ? 'OVER' : 'UNDER';
}

function short(figure: number): string {
	return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}
