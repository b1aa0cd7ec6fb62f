/** A run of words that stayed, came or went. */
export interface WordChange {
	type: 'same' | 'added' | 'removed';
	text: string;
}

/**
 * What changed between two texts, word by word: the longest common run of words stays. Pure.
 *
 * @example wordChanges('every term', 'each term')
 * // [{ type: 'removed', text: 'every' }, { type: 'added', text: 'each' }, { type: 'same', text: 'term' }]
 */
export function wordChanges(before: string, after: string): WordChange[] {
	const [old, now] = [wordsOf(before), wordsOf(after)];
	const lengths = commonLengths(old, now);
	const changes: WordChange[] = [];
	let [i, j] = [0, 0];
	while (i < old.length || j < now.length) {
		const [gone, come] = [old[i], now[j]];
		if (gone !== undefined && gone === come) {
			push(changes, 'same', gone);
			i += 1;
			j += 1;
		} else if (gone !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1)) {
			push(changes, 'removed', gone);
			i += 1;
		} else {
			push(changes, 'added', come ?? '');
			j += 1;
		}
	}
	return changes;
}

/** For each pair of places, how many words the rests of both texts have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
	const lengths = Array.from({ length: old.length + 1 }, () =>
		Array.from({ length: now.length + 1 }, () => 0),
	);
	for (let i = old.length - 1; i >= 0; i -= 1) {
		for (let j = now.length - 1; j >= 0; j -= 1) {
			const row = lengths[i];
			if (row) {
				row[j] =
					old[i] === now[j]
						? at(lengths, i + 1, j + 1) + 1
						: Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
			}
		}
	}
	return lengths;
}

function at(lengths: readonly (readonly number[])[], i: number, j: number): number {
	return lengths[i]?.[j] ?? 0;
}

function push(changes: WordChange[], type: WordChange['type'], word: string): void {
	const last = changes.at(-1);
	if (last?.type === type) {
		last.text += ` ${word}`;
	} else {
		changes.push({ type, text: word });
	}
}

function wordsOf(text: string): string[] {
	return text.split(/\s+/u).filter((word) => word !== '');
}
