import { describe, expect, it } from 'vitest';
import { dialogAttribution, dialogSource } from './dialog-source.ts';

describe('what is told of a dialog session', () => {
	it.each([
		[10, 'Chess club'],
		[24, 'Chess club'],
		[9, null],
		[0, null],
		[null, null],
	])('with %s people names its group as %s', (participants, group) => {
		const session = { site: 'North', group: 'Chess club', participants };
		expect(dialogSource(session, { minN: 10 })).toEqual({ site: 'North', group });
	});

	it('has no group to name where it was open to everyone', () => {
		const session = { site: 'North', group: null, participants: 40 };
		expect(dialogSource(session, { minN: 10 })).toEqual({ site: 'North', group: null });
	});
});

describe('the attribution of a quote', () => {
	const sessions = [
		{ siteId: 'north', participants: 12 },
		{ siteId: 'south', participants: 6 },
		{ siteId: 'south', participants: 6 },
		{ siteId: 'west', participants: null },
	];

	it.each([
		['north', 10, 'site'],
		['north', 13, 'session'],
		// Two sessions of six at one school can be the same six students.
		['south', 10, 'session'],
		['west', 10, 'session'],
		['north', 18, 'session'],
		['north', 19, null],
	])('from %s with k = %i names the %s', (siteId, k, expected) => {
		expect(dialogAttribution(siteId, sessions, { k })).toBe(expected);
	});
});
