import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr.ts';

/** The modules a path paints, as rows of 1 and 0. */
function paint({ size, path }: { size: number; path: string }): string[] {
	const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '0'));
	for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		rows[Number(y)]?.fill('1', Number(x), Number(x) + Number(length));
	}
	return rows.map((row) => row.join(''));
}

test('a path paints exactly the dark modules of the code', () => {
	const text = 'https://listen.example.org/s/k3m9qt#K7QM-2XH9-TPC';
	const { data } = encode(text, { ecc: 'M', border: 4 });

	const painted = paint(qrPath(text));
	expect(painted).toEqual(data.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')));
});

test('a code has a quiet zone of four modules and the three finder patterns', () => {
	const painted = paint(qrPath('http://localhost:4310/s/k3m9qt#K7QM-2XH9-TPC'));
	expect(painted.slice(0, 4).join('')).not.toContain('1');
	expect(painted.every((row) => row.startsWith('0000') && row.endsWith('0000'))).toBe(true);
	const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
	const last = painted.length - 11;
	for (const [top, left] of [
		[4, 4],
		[4, last],
		[last, 4],
	] as const) {
		const found = painted.slice(top, top + 7).map((row) => row.slice(left, left + 7));
		expect(found).toEqual(finder);
	}
});
