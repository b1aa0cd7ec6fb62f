import { ExpressionError } from './ast.ts';
import { formatDate } from './format-date.ts';
import { define, type CallContext } from './function.ts';
import { millisecondsPerDay, parseInstant, parseTimeOfDay, startOfDay } from './time.ts';
import { moment, type Value } from './value.ts';

/** Date functions of ODK XForms. A number means days since 1970-01-01T00:00Z. */
export const dateFunctions = {
	today: define(0, 0, { call: (_, context) => moment(startOfDay(clock(context), context.tz)) }),
	now: define(0, 0, { call: (_, context) => moment(clock(context)) }),
	date: define(1, 1, { call: (args, context) => toMoment(args.value(0), context) }),
	'date-time': define(1, 1, { call: (args, context) => toMoment(args.value(0), context) }),
	'decimal-date-time': define(1, 1, {
		call: (args, context) => instant(args.value(0), context) / millisecondsPerDay,
	}),
	'decimal-time': define(1, 1, {
		call: (args, context) => parseTimeOfDay(args.text(0), context.tz),
	}),
	'format-date': define(2, 2, {
		call: (args, context) => format(args.value(0), args.text(1), context),
	}),
	'format-date-time': define(2, 2, {
		call: (args, context) => format(args.value(0), args.text(1), context),
	}),
};

function clock(context: CallContext): number {
	if (context.now === null) {
		throw new ExpressionError(
			'today() and now() need a clock, and none was given.',
			context.position,
		);
	}
	return context.now;
}

/** Blank stays blank: a date that was not answered is not a wrong date. */
function toMoment(value: Value, context: CallContext): Value {
	return value === '' ? '' : moment(instant(value, context));
}

function instant(value: Value, { tz }: CallContext): number {
	if (typeof value === 'string') {
		return parseInstant(value, tz);
	}
	if (typeof value === 'number') {
		return value * millisecondsPerDay;
	}
	return typeof value === 'boolean' ? NaN : value.instant;
}

function format(value: Value, pattern: string, context: CallContext): string {
	const checked = toMoment(value, context);
	const isDate = typeof checked === 'object' && !Number.isNaN(checked.instant);
	return isDate ? formatDate(checked.instant, pattern, context.tz) : '';
}
