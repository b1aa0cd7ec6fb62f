import { seededRandom } from '../sample/random.ts';

/** One student of the simulation, and when they were at it. */
export interface SimulatedStudent {
	/** Found in their answer and nowhere else. */
	marker: string;
	site: string;
	/** Minutes since the window opened. */
	start: number;
	finish: number;
	/** They missed the class and came later, a few a day. */
	isStraggler: boolean;
	values: Record<string, string>;
}

const DAY = 24 * 60;
/** Twenty sites; two are so small that their answers are joined with others'. */
const CLASS_SIZES = [...Array<number>(18).fill(25), 7, 4];
const STRAGGLERS = 0.12;
const STRAGGLING_DAYS = 5;
/** Of ln(minutes): half are done in twelve minutes, one in twenty takes more than 25. */
const TYPICAL_MINUTES = 12;
const SPREAD = 0.45;
/** Every third writes so much that PostgreSQL puts the answer into a table of its own (TOAST). */
const LONG_EVERY = 3;
const LONG_CHARACTERS = 2700;
/** One in eight needs the second size of envelope. */
const LONGEST_EVERY = 8;
const LONGEST_CHARACTERS = 4500;

/**
 * A district of twenty classes: everybody of a class begins within two minutes, takes a lognormal
 * time, and some come one by one on the days after.
 * @returns the students in the order in which they finish.
 */
export function simulateDistrict(seed: number): SimulatedStudent[] {
	const random = seededRandom(seed);
	const students = CLASS_SIZES.flatMap((size, index) => {
		const classBegins = index * 50;
		return Array.from({ length: size }, (_, seat) => {
			const isStraggler = random.chance(STRAGGLERS);
			const start = isStraggler
				? DAY * (1 + Math.floor(random.next() * STRAGGLING_DAYS)) + random.next() * 400
				: classBegins + random.next() * 2;
			const minutes = Math.exp(Math.log(TYPICAL_MINUTES) + SPREAD * random.bell());
			const marker = `MARK${String(index).padStart(2, '0')}${String(seat).padStart(2, '0')}${letters(random, 8)}`;
			return {
				marker,
				site: `site-${index + 1}`,
				start,
				finish: start + minutes,
				isStraggler,
				values: {
					Q1: 'yes',
					Q3: `${marker} ${letters(random, lengthOf(index + seat, random.next()))}`,
				},
			};
		});
	});
	return students.toSorted((one, other) => one.finish - other.finish);
}

function lengthOf(place: number, draw: number): number {
	const more = Math.floor(draw * 400);
	if (place % LONGEST_EVERY === 0) {
		return LONGEST_CHARACTERS + more;
	}
	return (place % LONG_EVERY === 0 ? LONG_CHARACTERS : 10) + more;
}

/** Letters that do not compress. */
function letters(random: ReturnType<typeof seededRandom>, count: number): string {
	const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
	return Array.from({ length: count }, () => random.pick(alphabet)).join('');
}
