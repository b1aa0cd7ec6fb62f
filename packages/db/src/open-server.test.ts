import { expect, test } from 'vitest';
import { versionProblem } from './open-server.ts';

test.each([
	[150014, true],
	[150020, true],
	[160010, true],
	[170006, true],
	[180000, true],
	[190001, true],
	[150013, false],
	[160009, false],
	[170005, false],
	[140022, false],
	[90624, false],
])('server version number %i is accepted: %s', (number, isAccepted) => {
	expect(versionProblem(number) === null).toBe(isAccepted);
});

test('a refusal names the version to upgrade to', () => {
	expect(versionProblem(170002)).toContain('17.6');
	expect(versionProblem(140022)).toContain('15 or newer');
});
