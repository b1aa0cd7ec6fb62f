import { define } from './function.ts';
import { printNumber } from './print.ts';

/** Number and boolean functions: XPath 1.0 §4.3 and §4.4 and the ODK XForms additions. */
export const numberFunctions = {
	true: define(0, 0, { call: () => true }),
	false: define(0, 0, { call: () => false }),
	not: define(1, 1, { call: (args) => !args.boolean(0) }),
	boolean: define(1, 1, { call: (args) => args.boolean(0) }),
	'boolean-from-string': define(1, 1, {
		call: (args) => args.text(0) === 'true' || args.text(0) === '1',
	}),
	/** A date given as text counts whole days, a computed moment its fraction as well. */
	number: define(1, 1, {
		call: (args) => {
			const value = args.value(0);
			const isDateText = typeof value === 'string' && value.trim().includes('-', 1);
			return isDateText ? Math.floor(args.number(0)) : args.number(0);
		},
	}),
	int: define(1, 1, { call: (args) => Math.trunc(args.number(0)) }),
	floor: define(1, 1, { call: (args) => Math.floor(args.number(0)) }),
	ceiling: define(1, 1, { call: (args) => Math.ceil(args.number(0)) }),
	/** A decimal comma is read here, and only here, as JavaRosa does. */
	round: define(1, 2, {
		call: (args) => {
			const value = args.value(0);
			const hasComma = typeof value === 'string' && /^\s*-?\d+,\d+\s*$/.test(value);
			const number = hasComma ? Number(value.replace(',', '.')) : args.number(0);
			return roundTo(number, args.count > 1 ? Math.trunc(args.number(1)) : 0);
		},
	}),
	abs: define(1, 1, { call: (args) => Math.abs(args.number(0)) }),
	pow: define(2, 2, { call: (args) => args.number(0) ** args.number(1) }),
	sqrt: define(1, 1, { call: (args) => Math.sqrt(args.number(0)) }),
	exp: define(1, 1, { call: (args) => Math.exp(args.number(0)) }),
	exp10: define(1, 1, { call: (args) => 10 ** args.number(0) }),
	log: define(1, 1, { call: (args) => Math.log(args.number(0)) }),
	log10: define(1, 1, { call: (args) => Math.log10(args.number(0)) }),
	pi: define(0, 0, { call: () => Math.PI }),
	sin: define(1, 1, { call: (args) => Math.sin(args.number(0)) }),
	cos: define(1, 1, { call: (args) => Math.cos(args.number(0)) }),
	tan: define(1, 1, { call: (args) => Math.tan(args.number(0)) }),
	asin: define(1, 1, { call: (args) => Math.asin(args.number(0)) }),
	acos: define(1, 1, { call: (args) => Math.acos(args.number(0)) }),
	atan: define(1, 1, { call: (args) => Math.atan(args.number(0)) }),
	atan2: define(2, 2, { call: (args) => Math.atan2(args.number(0), args.number(1)) }),
};

/** Rounds halves towards positive infinity (XPath 1.0 §4.4) at a decimal place. */
function roundTo(value: number, places: number): number {
	if (!Number.isFinite(value) || Number.isNaN(places)) {
		return Number.isNaN(places) ? NaN : value;
	}
	return shift(Math.round(shift(value, places)), -places);
}

/** Moves the decimal point in the digits, so that 1.005 becomes 100.5 and not 100.49999. */
function shift(value: number, places: number): number {
	return Number(`${printNumber(value)}e${places}`);
}
