import { expect, test } from 'vitest';
import { refusalOf } from './refusal.ts';

const allowed = {
	mode: 'audio',
	isOver: false,
	hasDevice: true,
	vault: 'unlocked',
	canRecord: true,
} as const;

test.each([
	[{}, null],
	[{ mode: 'notes_only' }, 'notesOnly'],
	[{ mode: 'notes_only', hasDevice: false, vault: 'locked' }, 'notesOnly'],
	[{ isOver: true, hasDevice: false }, 'over'],
	[{ hasDevice: false }, 'device'],
	[{ vault: 'locked' }, 'locked'],
	[{ canRecord: false }, 'browser'],
] as const)('%j: %s', (change, refusal) => {
	expect(refusalOf({ ...allowed, ...change })).toBe(refusal);
});
