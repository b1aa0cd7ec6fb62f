import { describe, expect, it } from 'vitest';
import { auditCounts, type CountTable } from './count-audit.ts';

describe('tables of counts of one population', () => {
	const table = (
		attributeId: string,
		cells: Record<string, number | null>,
		more: Partial<CountTable> = {},
	): CountTable => ({
		kind: 'counts',
		id: `by ${attributeId}`,
		populationId: 'cited',
		dimensions: [{ attributeId, groups: Object.keys(cells).filter((id) => id !== 'total') }],
		cells: Object.entries(cells).map(([id, count]) => ({
			at: id === 'total' ? {} : { [attributeId]: id },
			count,
		})),
		...more,
	});

	it('tells a hidden group of one attribute by the sum of another', () => {
		const site = table('site', { a: 40, b: null });
		const race = table('race', { r0: 30, r1: 30 });

		expect(auditCounts([site], 10).problems).toEqual([]);
		expect(auditCounts([site, race], 10).problems).toEqual([
			{ table: 'by site', cell: 'site=b', low: 20, high: 20, reason: 'determined' },
		]);
		const third = table('grade', { g0: 60 });
		expect(auditCounts([site, third], 10).problems).toHaveLength(1);
	});

	it('leaves a hidden total open as far as its parts do', () => {
		expect(auditCounts([table('site', { a: 40, b: null, total: null })], 10).ok).toBe(true);
		expect(auditCounts([table('site', { a: 40, b: 20, total: null })], 10).problems).toEqual([
			{ table: 'by site', cell: 'total', low: 60, high: 60, reason: 'determined' },
		]);
	});

	it('cannot say two things at once', () => {
		const site = table('site', { a: 40, b: null, total: 60 });
		const race = table('race', { r0: 30, r1: 20, total: 50 });

		expect(auditCounts([site, race], 10)).toEqual({
			ok: false,
			problems: [{ table: 'by site', cell: 'all', low: 0, high: 0, reason: 'contradiction' }],
		});
		const shown = table('site', { a: 40, total: 50 });
		expect(auditCounts([shown, race, table('grade', { g0: 51 })], 10).problems).toEqual([
			{ table: '', cell: 'all', low: 0, high: 0, reason: 'contradiction' },
		]);
	});

	it('cannot hold more of a group than are enrolled, and a reader counts with that', () => {
		const cells = { a: null, b: null, c: 40, total: 54 };
		const ceilings = [
			{ at: { site: 'a' }, most: 4 },
			{ at: { site: 'b' }, most: 90 },
		];

		expect(auditCounts([table('site', cells)], 10).ok).toBe(true);
		expect(auditCounts([table('site', cells, { ceilings })], 10).problems).toEqual([
			{ table: 'by site', cell: 'site=b', low: 10, high: 14, reason: 'narrow' },
		]);
	});

	it('is named by every attribute a cell is limited to', () => {
		const crossed: CountTable = {
			kind: 'counts',
			id: 'crossed',
			populationId: 'cited',
			dimensions: [
				{ attributeId: 'site', groups: ['a', 'b'] },
				{ attributeId: 'race', groups: ['r', 's'] },
			],
			cells: [
				{ at: { site: 'a', race: 'r' }, count: null },
				{ at: { site: 'a', race: 's' }, count: 12 },
				{ at: { site: 'a' }, count: 16 },
			],
		};
		expect(auditCounts([crossed], 10).problems).toEqual([
			{ table: 'crossed', cell: 'site=a, race=r', low: 4, high: 4, reason: 'determined' },
		]);
		const site = table('site', { a: 16, b: 30 });
		const other = { ...crossed, cells: crossed.cells.slice(0, 2) };
		expect(auditCounts([other], 10).ok).toBe(true);
		expect(auditCounts([other, site], 10).problems).toHaveLength(1);
	});
});
