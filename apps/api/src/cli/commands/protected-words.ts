import type { VectorAnswers } from '@throughline/analysis/disclosure';

const hidden = 'not shown';

/**
 * A protected table as a person reads it: every cell as its count or 'not shown', the same words
 * whether it is small itself or hidden for another. `table` has passed `protectVectorFile`, which
 * gave the answers. Other kinds than tables of counts are one line per answer.
 */
export function protectedWords(table: unknown, answers: VectorAnswers): string {
	const kind = isRecord(table) ? table['kind'] : null;
	if (isRecord(table) && kind === 'one_dimension') {
		return oneDimension(table, answers);
	}
	if (isRecord(table) && kind === 'two_dimension') {
		return twoDimension(table, answers);
	}
	return Object.entries(answers)
		.map(([name, answer]) => `${name.replaceAll('_', ' ')}: ${inWords(answer)}`)
		.join('\n');
}

function oneDimension(table: Record<string, unknown>, answers: VectorAnswers): string {
	const counts = Object.entries(isRecord(table['counts']) ? table['counts'] : {});
	const marked = new Set([...listOf(answers['primary']), ...listOf(answers['complementary'])]);
	const rows = counts.map(([group, count]) => [group, marked.has(group) ? hidden : String(count)]);
	if (table['total_shown'] === true) {
		const total = counts.reduce((sum, [, count]) => sum + Number(count), 0);
		rows.push(['Total', answers['total_hidden'] === true ? hidden : String(total)]);
	}
	const pool = answers['pooled_alternative'];
	return [columns(rows), ...(isRecord(pool) ? ['', `Or together: ${poolWords(pool)}`] : [])].join(
		'\n',
	);
}

function poolWords(pool: Record<string, unknown>): string {
	const [name, count] = Object.entries(pool)[0] ?? [];
	return `${name} ${String(count)} (${listOf(pool['members']).join(', ')})`;
}

function twoDimension(table: Record<string, unknown>, answers: VectorAnswers): string {
	const names = [listOf(table['rows']), listOf(table['cols'])] as const;
	const counts = listOf(table['counts']).map((line) => listOf(line).map(Number));
	const marked = new Set(
		[...listOf(answers['primary']), ...listOf(answers['complementary'])].map((cell) =>
			JSON.stringify(cell),
		),
	);
	const areRowTotalsShown = Array.isArray(table['row_totals']);
	const areColumnTotalsShown = Array.isArray(table['col_totals']);
	const isGrandTotalShown =
		table['grand_total_shown'] ?? (areRowTotalsShown || areColumnTotalsShown);
	const show = (row: unknown, column: unknown, count: number): string =>
		marked.has(JSON.stringify([row, column])) ? hidden : String(count);
	const rows = names[0].map((row, index) => {
		const line = counts[index] ?? [];
		const cells = names[1].map((column, at) => show(row, column, line[at] ?? 0));
		return [String(row), ...cells, areRowTotalsShown ? show(row, 'total', sum(line)) : ''];
	});
	const totals = names[1].map((column, at) =>
		areColumnTotalsShown ? show('total', column, sum(counts.map((line) => line[at] ?? 0))) : '',
	);
	const grand = isGrandTotalShown === true ? show('total', 'total', sum(counts.flat())) : '';
	return columns([
		['', ...names[1].map(String), areRowTotalsShown || grand !== '' ? 'Total' : ''],
		...rows,
		...(areColumnTotalsShown || grand !== '' ? [['Total', ...totals, grand]] : []),
	]);
}

/** Lines of cells, each column as wide as its widest cell. */
function columns(lines: readonly (readonly string[])[]): string {
	const widths = (lines[0] ?? []).map((_, column) =>
		Math.max(...lines.map((line) => line[column]?.length ?? 0)),
	);
	return lines
		.map((line) =>
			line
				.map((cell, column) =>
					column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
				)
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function inWords(answer: unknown): string {
	return typeof answer === 'object' ? JSON.stringify(answer) : String(answer);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
