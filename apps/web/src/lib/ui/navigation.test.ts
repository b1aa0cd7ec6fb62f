import { describe, expect, it } from 'vitest';
import { currentItem, navFor } from './navigation.ts';

const items = [
	{ href: '/team', label: 'Overview' },
	{ href: '/team/coding', label: 'Coding', roles: ['coder'] },
	{ href: '/team/releases', label: 'Releases', roles: ['data_steward', 'administrator'] },
];

describe('navFor', () => {
	it('shows a coder the overview and the coding pages alone', () => {
		expect(navFor(items, ['coder']).map((item) => item.label)).toEqual(['Overview', 'Coding']);
	});

	it('shows a person of two roles the pages of both', () => {
		expect(navFor(items, ['coder', 'data_steward'])).toHaveLength(3);
	});
});

describe('currentItem', () => {
	it.each([
		['/team', 'Overview'],
		['/team/coding/019a', 'Coding'],
		['/team/codebook', 'Overview'],
		['/', undefined],
	])('says that %s belongs to %s', (pathname, label) => {
		expect(currentItem(items, pathname)?.label).toBe(label);
	});
});
