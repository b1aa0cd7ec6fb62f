/**
 * How rows are told. One window is told in one way alone: two tables of the same people, generalised
 * differently, could be put together row by row by their answers. Changes with `row-table.ts` and
 * `protectRows`, whenever either gives another table.
 */
export const EXPORT_RULES = 'rows/1';

/** A second person has so long to decide. */
export const DECIDE_WITHIN_DAYS = 7;

/** What was approved is fetched within so many hours. */
export const FETCH_WITHIN_HOURS = 24;

/** A person asks for rows, and fetches them, so often within 24 hours and no more. */
export const MOST_A_DAY = 5;

const HOUR = 3_600_000;

/** So many hours after a time; before it where negative. */
export function hoursAfter(time: Date, hours: number): Date {
	return new Date(time.getTime() + hours * HOUR);
}
