import { civilTime } from './time.ts';

const months =
	'January February March April May June July August September October November December';
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';

/**
 * Writes an instant as `format` says, with the letters of the ODK XForms `format-date-time`
 * function; names are English. An unknown letter stays as it is.
 *
 * @example formatDate(0, '%Y-%m-%d %H:%M', 'UTC') // '1970-01-01 00:00'
 */
export function formatDate(instant: number, format: string, tz: string): string {
	const time = civilTime(instant, tz);
	const weekday = new Date(Date.UTC(time.year, time.month - 1, time.day)).getUTCDay();
	const month = months.split(' ')[time.month - 1] ?? '';
	const day = days.split(' ')[weekday] ?? '';
	const letters: Readonly<Record<string, string>> = {
		Y: String(time.year).padStart(4, '0'),
		y: two(time.year % 100),
		m: two(time.month),
		n: String(time.month),
		B: month,
		b: month.slice(0, 3),
		d: two(time.day),
		e: String(time.day),
		H: two(time.hour),
		h: String(time.hour),
		M: two(time.minute),
		S: two(time.second),
		3: String(time.millisecond).padStart(3, '0'),
		A: day,
		a: day.slice(0, 3),
		'%': '%',
	};
	return format.replace(/%([a-zA-Z3%])/g, (whole, letter: string) => letters[letter] ?? whole);
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
