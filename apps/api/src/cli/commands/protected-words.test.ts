import { protectVectorFile } from '@throughline/analysis/disclosure';
import { expect, it } from 'vitest';
import { protectedWords } from './protected-words.ts';

const words = (table: unknown): string => protectedWords(table, protectVectorFile(table));

it('prints a table of groups with the same mark on what is small and what is hidden for it', () => {
	const counts = { White: 412, Asian: 23, 'American Indian': 7 };

	expect(words({ kind: 'one_dimension', counts, total_shown: true })).toBe(
		[
			'White                  412',
			'Asian            not shown',
			'American Indian  not shown',
			'Total                  442',
			'',
			'Or together: All masked groups 30 (American Indian, Asian)',
		].join('\n'),
	);
});

it('prints no total where none is shown, and hides one that is small', () => {
	const counts = { a: 4 };

	expect(words({ kind: 'one_dimension', counts, total_shown: false })).toBe('a  not shown');
	expect(words({ kind: 'one_dimension', counts, total_shown: true })).toBe(
		'a      not shown\nTotal  not shown',
	);
});

it('prints a table of two attributes with its totals', () => {
	const table = {
		kind: 'two_dimension',
		rows: ['North', 'South'],
		cols: ['x', 'y'],
		counts: [
			[3, 30],
			[40, 50],
		],
		row_totals: [33, 90],
		col_totals: [43, 80],
	};

	expect(words(table)).toBe(
		[
			'               x          y  Total',
			'North  not shown  not shown     33',
			'South  not shown  not shown     90',
			'Total         43         80    123',
		].join('\n'),
	);
	expect(words({ ...table, row_totals: null, col_totals: null })).toBe(
		['               x   y', 'North  not shown  30', 'South         40  50'].join('\n'),
	);
});

it('prints other answers one per line', () => {
	expect(words({ kind: 'percent_display', n: 12, x: 7 })).toBe(
		'raw pct: 58.3\ndisplay: 50–59%\nn band: 10-19',
	);
});
