/** So many answers of one person in a row are a row of them: nobody else's come out the same. */
const TELLING = 8;

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Looks for whole responses in what the API answers: eight or more answers of one person one after
 * the other, in the order of the questions, with their questions' ids or without, whatever stands
 * between them (JSON, CSV, HTML).
 * @returns whether a text holds one.
 */
export function whoseRowsStandIn(
	rows: readonly Values[],
	questionIds: readonly string[],
): (text: string) => boolean {
	const wanted = new Set<string>();
	for (const values of rows) {
		const given = questionIds.flatMap((id) => {
			const value = values[id];
			return value === undefined || value.length === 0 ? [] : [{ id, words: [value].flat() }];
		});
		for (let start = 0; start + TELLING <= given.length; start += 1) {
			const answers = given.slice(start, start + TELLING);
			const bare = answers.flatMap(({ words }) => words);
			// Steps of a scale stand side by side in every chart: 1 2 3 4 5.
			if (new Set(bare).size > 3 && !isSteps(bare)) {
				wanted.add(keyOf(bare));
			}
			wanted.add(keyOf(answers.flatMap(({ id, words }) => [id, ...words])));
		}
	}
	const lengths = [...new Set([...wanted].map((key) => key.split(' ').length))];
	return (text) => {
		const words = wordsIn(text);
		return words.some((_, start) =>
			lengths.some((length) => wanted.has(words.slice(start, start + length).join(' '))),
		);
	};
}

function isSteps(words: readonly string[]): boolean {
	return words.every((word, index) => {
		const before = words[index - 1];
		return before === undefined || Number(word) === Number(before) + 1 || word === '1';
	});
}

function keyOf(words: readonly string[]): string {
	return wordsIn(words.join(' ')).join(' ');
}

function wordsIn(text: string): string[] {
	return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
