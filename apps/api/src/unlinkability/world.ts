/** One student as an attacker would like to know them: the code they had, and what they wrote. */
export interface Pair {
	/** Hash of the code, in hex. */
	hash: string;
	/** What is found in their answer and nowhere else. */
	marker: string;
}

/** Where codes and answers lie, and the truth about them: ours, or a control. */
export interface World {
	/** The beginning of every marker of this world. */
	prefix: string;
	codeTable: string;
	answerTable: string;
	/** In the order in which they finished. */
	students: (Pair & { start: number; isStraggler: boolean })[];
	/** By marker: which answers lie together, as the attacker knows. One pile if it is empty. */
	pileOf: Map<string, string>;
	/** Where each row lay before the opening, and each answer after it: 'block,item'. */
	places: { codes: Map<string, string>; answers: Map<string, string> };
	/** The numbers of the files that codes and answers were in, before and after the opening. */
	nodes: { codes: Set<string>; answers: Set<string> };
}

/** How many of these guesses are right. A student guessed at twice counts once. */
export function countRight(guesses: readonly Pair[], world: World): number {
	const truth = new Map(world.students.map(({ hash, marker }) => [hash, marker]));
	const right = guesses.filter(({ hash, marker }) => truth.get(hash) === marker);
	return new Set(right.map(({ hash }) => hash)).size;
}

/**
 * Whoever guesses at random within piles is right about one in k of a pile of k: over a whole pile
 * the number of fixed points of a random permutation has mean 1 and variance 1, whatever its size.
 * Three standard deviations more are allowed. https://en.wikipedia.org/wiki/Rencontres_numbers
 * @param sought whom the attacker wants to find.
 * @param among whose answers come into question; everybody's, if it is not given.
 */
export function chanceBound(
	world: World,
	sought: readonly Pair[] = world.students,
	among: readonly Pair[] = world.students,
): number {
	const pileOf = ({ marker }: Pair) => world.pileOf.get(marker) ?? '';
	const piles = Map.groupBy(among, pileOf);
	const chance = sought.reduce((sum, one) => sum + 1 / (piles.get(pileOf(one))?.length ?? 1), 0);
	return chance + 3 * Math.sqrt(chance);
}

/** Lays people, in an order somebody knows, beside answers, in an order that was stored. */
export function alignWithinPiles(
	known: readonly Pair[],
	stored: readonly string[],
	world: World,
): Pair[] {
	const pileOf = (marker: string) => world.pileOf.get(marker) ?? '';
	const isKnown = new Set(known.map(({ marker }) => marker));
	const people = Map.groupBy(known, ({ marker }) => pileOf(marker));
	const answers = Map.groupBy(
		stored.filter((marker) => isKnown.has(marker)),
		pileOf,
	);
	return [...people].flatMap(([pile, members]) =>
		members.flatMap(({ hash }, index) => {
			const marker = answers.get(pile)?.[index];
			return marker === undefined ? [] : [{ hash, marker }];
		}),
	);
}
