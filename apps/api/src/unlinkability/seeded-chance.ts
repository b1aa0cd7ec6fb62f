import type { Random } from '../deps.ts';
import { seededRandom } from '../sample/random.ts';

/** Chance that is the same at every run, so that a test about chance cannot fail by chance. */
export function seededChance(seed: number): Random {
	const random = seededRandom(seed);
	const int = (limit: number) => Math.floor(random.next() * limit);
	const bytes = (length: number) => Buffer.from(Array.from({ length }, () => int(256)));
	const uuid = (version: number) => {
		const drawn = bytes(16);
		drawn.writeUInt8((drawn.readUInt8(6) & 0x0f) | (version << 4), 6);
		drawn.writeUInt8((drawn.readUInt8(8) & 0x3f) | 0x80, 8);
		const hex = drawn.toString('hex');
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	};
	return { bytes, int, uuid4: () => uuid(4), uuid7: () => uuid(7) };
}
