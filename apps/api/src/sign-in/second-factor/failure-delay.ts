const FREE = 5;
const FIRST_MS = 30 * 1000;
const LONGEST_MS = 15 * 60 * 1000;

/**
 * How long after the newest failure no code of an account is looked at: nothing for the first five,
 * then half a minute, doubled each time, up to a quarter of an hour. Failures of an account are
 * counted, never those of an address: a school is one address. Only who has signed in as the
 * account can fail for it, so nobody else can keep its owner out.
 *
 * At a quarter of an hour 96 guesses fit into a day, each of three codes in a million: under
 * 3 in 10,000 a day.
 */
export function failureDelayMs(failures: number): number {
	if (failures < FREE) {
		return 0;
	}
	return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - FREE));
}
