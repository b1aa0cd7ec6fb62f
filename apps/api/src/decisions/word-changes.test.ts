import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordChanges } from './word-changes.ts';

const words = (text: string) => text.split(/\s+/u).filter((word) => word !== '');
const kept = (changes: ReturnType<typeof wordChanges>, but: string) =>
	changes.filter(({ type }) => type !== but).flatMap(({ text }) => words(text));

describe('wordChanges', () => {
	it.each([
		['the same', 'the same', [['same', 'the same']]],
		['', 'all new', [['added', 'all new']]],
		['all gone', '', [['removed', 'all gone']]],
		[
			'meets every group once a term',
			'meets each group twice a term',
			[
				['same', 'meets'],
				['removed', 'every'],
				['added', 'each'],
				['same', 'group'],
				['removed', 'once'],
				['added', 'twice'],
				['same', 'a term'],
			],
		],
	])('says what became of “%s” in “%s”', (before, after, expected) => {
		expect(wordChanges(before, after).map(({ type, text }) => [type, text])).toEqual(expected);
	});

	it('loses no word of either text', () => {
		const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
		fc.assert(
			fc.property(text, text, (before, after) => {
				const changes = wordChanges(before.join(' '), after.join(' '));
				expect(kept(changes, 'added')).toEqual(before);
				expect(kept(changes, 'removed')).toEqual(after);
			}),
		);
	});
});
