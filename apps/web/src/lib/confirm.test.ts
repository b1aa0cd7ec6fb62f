import { expect, it } from 'vitest';
import { ownPath } from './confirm.ts';

it.each(['/team', '/team/eng-2026-sro/people?page=2', '/dialogs', '/team?x=1'])(
	'goes on to %s',
	(path) => {
		expect(ownPath(path)).toBe(path);
	},
);

it.each([
	null,
	'',
	'//evil.example',
	'https://evil.example',
	'/teams',
	'/team.evil',
	'/\\evil',
	'/team\\..\\x',
])('never goes on to %s', (path) => {
	expect(ownPath(path)).toBe('/team');
});
