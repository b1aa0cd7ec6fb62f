const LONGEST = 40;

/**
 * A key in small letters, digits and dashes for something that has a name, other than those taken.
 * Pure.
 */
export function keyOf(name: string, taken: readonly string[]): string {
	const plain = name
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, LONGEST)
		.replaceAll(/^-+|-+$/g, '');
	const base = plain === '' ? 'x' : plain;
	if (!taken.includes(base)) {
		return base;
	}
	let number = 2;
	while (taken.includes(`${base}-${number}`)) {
		number += 1;
	}
	return `${base}-${number}`;
}
