import { expect, test } from 'vitest';
import { keyOf } from './key-of.ts';

test.each([
	['North High School', [], 'north-high-school'],
	['  École Ñandú ', [], 'ecole-nandu'],
	['North', ['north'], 'north-2'],
	['North', ['north', 'north-2'], 'north-3'],
	['مدرسة', [], 'x'],
	['a'.repeat(60), [], 'a'.repeat(40)],
])('the key of “%s” beside %j is “%s”', (name, taken, key) => {
	expect(keyOf(name, taken)).toBe(key);
});
