/** The largest prime below 2^26: a product of two residues is an exact double. */
const prime = 67_108_859;

/**
 * Which targets (each a list of coefficients over the variables) follow exactly from the equations:
 * those that lie in their row space. Integer coefficients; elimination modulo a prime, so no
 * tolerance decides. Every minor of a table with its margins is -1, 0 or 1, where this is exact.
 */
export function findDetermined(
	equations: readonly (readonly (readonly [variable: number, coefficient: number])[])[],
	targets: readonly (readonly (readonly [variable: number, coefficient: number])[])[],
	variableCount: number,
): boolean[] {
	const echelon: { pivot: number; row: Float64Array }[] = [];
	for (const terms of equations) {
		const row = toRow(terms, variableCount);
		reduce(row, echelon);
		const pivot = row.findIndex((residue) => residue !== 0);
		if (pivot !== -1) {
			scale(row, inverse(row[pivot] ?? 0));
			echelon.push({ pivot, row });
		}
	}
	return targets.map((terms) => {
		const row = toRow(terms, variableCount);
		reduce(row, echelon);
		return row.every((residue) => residue === 0);
	});
}

function toRow(
	terms: readonly (readonly [variable: number, coefficient: number])[],
	variableCount: number,
): Float64Array {
	const row = new Float64Array(variableCount);
	for (const [variable, coefficient] of terms) {
		row[variable] = modulo((row[variable] ?? 0) + coefficient);
	}
	return row;
}

/** Subtracts from the row what the earlier rows explain of it. Rows are in order of insertion. */
function reduce(row: Float64Array, echelon: readonly { pivot: number; row: Float64Array }[]): void {
	for (const { pivot, row: other } of echelon) {
		const factor = row[pivot] ?? 0;
		if (factor === 0) {
			continue;
		}
		for (let j = 0; j < row.length; j += 1) {
			const coefficient = other[j] ?? 0;
			if (coefficient !== 0) {
				row[j] = modulo((row[j] ?? 0) - factor * coefficient);
			}
		}
	}
}

function scale(row: Float64Array, factor: number): void {
	for (let j = 0; j < row.length; j += 1) {
		row[j] = modulo((row[j] ?? 0) * factor);
	}
}

/** By Fermat: the inverse is the power prime - 2. */
function inverse(residue: number): number {
	let result = 1;
	let base = residue;
	for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
		if (exponent % 2 === 1) {
			result = modulo(result * base);
		}
		base = modulo(base * base);
	}
	return result;
}

function modulo(value: number): number {
	const rest = value % prime;
	return rest < 0 ? rest + prime : rest;
}
