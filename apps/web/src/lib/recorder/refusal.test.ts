import { expect, test } from 'vitest';
import { refusalOf } from './refusal.ts';

const allowed = { mode: 'audio', hasDevice: true, vault: 'unlocked', canRecord: true } as const;

test.each([
	[{}, null],
	[{ mode: 'notes_only' }, 'notesOnly'],
	[{ mode: 'notes_only', hasDevice: false, vault: 'locked' }, 'notesOnly'],
	[{ hasDevice: false }, 'device'],
	[{ vault: 'locked' }, 'locked'],
	[{ canRecord: false }, 'browser'],
] as const)('%j: %s', (change, refusal) => {
	expect(refusalOf({ ...allowed, ...change })).toBe(refusal);
});
