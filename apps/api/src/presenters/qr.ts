import { encode } from 'uqr';

/** ISO/IEC 18004 asks for four light modules around a code. */
const QUIET = 4;

/**
 * A text as a QR code: one SVG path of dark runs, row by row, in a square of `size` modules.
 * Level M survives a fold or a smudge.
 */
export function qrPath(text: string): { size: number; path: string } {
	const { data, size } = encode(text, { ecc: 'M', border: QUIET });
	const path = data.flatMap((row, y) =>
		runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
	);
	return { size, path: path.join('') };
}

/** Start and length of each run of dark modules. */
function runsOf(row: boolean[]): [number, number][] {
	const runs: [number, number][] = [];
	for (const [x, isDark] of row.entries()) {
		const last = runs.at(-1);
		if (!isDark) {
			continue;
		}
		if (last && last[0] + last[1] === x) {
			last[1] += 1;
		} else {
			runs.push([x, 1]);
		}
	}
	return runs;
}
