type Counts = ArrayLike<number>;

/**
 * F1 over all decisions (micro) and its mean over themes (macro) from what was suggested rightly,
 * suggested wrongly and missed, by theme. A theme that occurs nowhere counts 0, as in scikit-learn.
 */
export function microMacro(
	right: Counts,
	wrong: Counts,
	missed: Counts,
): { micro: number; macro: number } {
	let allRight = 0;
	let allOff = 0;
	let sum = 0;
	for (let theme = 0; theme < right.length; theme++) {
		const hits = right[theme] ?? 0;
		const off = (wrong[theme] ?? 0) + (missed[theme] ?? 0);
		allRight += hits;
		allOff += off;
		sum += f1(hits, off);
	}
	return { micro: f1(allRight, allOff), macro: right.length === 0 ? 0 : sum / right.length };
}

function f1(right: number, off: number): number {
	return right === 0 ? 0 : (2 * right) / (2 * right + off);
}
