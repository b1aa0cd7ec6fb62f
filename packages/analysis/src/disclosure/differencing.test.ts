import { describe, expect, it } from 'vitest';
import { checkBandChange, checkDifferencing } from './differencing.ts';

const points = (...numbers: number[]) => numbers.map((n) => ({ label: String(n), n }));

describe('differences between releases', () => {
	it.each([
		['a few more', points(14, 15), 'block'],
		['a few fewer', points(240, 235), 'block'],
		['the same', points(14, 14), 'allow'],
		['minN more', points(14, 24), 'allow'],
		['close to one that is not the last', points(100, 200, 104), 'block'],
	] as const)('%s: %j is a matter of %s', (_, series, decision) => {
		expect(checkDifferencing(series, 10).decision).toBe(decision);
	});

	it('name the first number that must not be published', () => {
		expect(checkDifferencing(points(100, 200, 104), 10)).toMatchObject({
			blocked: '104',
			difference: 4,
		});
	});

	it('block a changed band only when a known event concerns a few people', () => {
		const bands = [
			{ label: 'January', band: '10-19' },
			{ label: 'March', band: '20-39' },
		];
		const decide = (peopleInKnownEvent: number) =>
			checkBandChange(bands, { peopleInKnownEvent, minN: 10 }).decision;

		expect([0, 1, 9, 10].map(decide)).toEqual(['allow', 'block', 'block', 'allow']);
	});

	it('say why, and by how much', () => {
		expect(checkDifferencing(points(14, 15), 10)).toEqual({
			decision: 'block',
			difference: 1,
			blocked: '15',
			reason: 'small_difference',
		});
		expect(checkDifferencing(points(14, 60, 85), 10)).toEqual({
			decision: 'allow',
			difference: 25,
			blocked: null,
			reason: 'none',
		});
		expect(checkDifferencing(points(14), 10).difference).toBe(0);
		expect(checkDifferencing([], 10).difference).toBe(0);
	});

	it('name the band that must not be published, and none where nothing changed', () => {
		const bands = (...list: string[]) => list.map((band, index) => ({ label: `${index}`, band }));
		const few = { peopleInKnownEvent: 1, minN: 10 };
		expect(checkBandChange(bands('10-19', '10-19', '20-39'), few)).toEqual({
			decision: 'block',
			difference: null,
			blocked: '2',
			reason: 'band_change',
		});
		expect(checkBandChange(bands('10-19', '10-19'), few)).toEqual({
			decision: 'allow',
			difference: null,
			blocked: null,
			reason: 'none',
		});
		expect(checkBandChange(bands('10-19'), few).decision).toBe('allow');
	});
});
