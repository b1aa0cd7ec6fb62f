import { ExpressionError } from './ast.ts';
import { toBoolean, toNumber, toText, type Value } from './value.ts';

/** What a function may know besides its arguments. */
export interface CallContext {
	/** IANA zone in which dates without an offset are read and dates are written. */
	readonly tz: string;
	/** The moment `now()` means, in milliseconds since 1970-01-01T00:00Z; null when not given. */
	readonly now: number | null;
	/** The answer of the question the expression belongs to. */
	readonly self: string;
	/** Offset of the call in the source, for errors. */
	readonly position: number;
}

/** A function of the language: fewest and most arguments, and what it does with them. */
export interface ExpressionFunction {
	readonly least: number;
	readonly most: number;
	readonly call: (args: readonly Value[], context: CallContext) => Value;
}

/** Reads the arguments of one call, converted as XPath 1.0 §3.2 says. */
export interface ArgumentReader {
	readonly count: number;
	text(index: number): string;
	number(index: number): number;
	boolean(index: number): boolean;
	value(index: number): Value;
}

/** Defines a function of the language in terms of its converted arguments. */
export function define(
	least: number,
	most: number,
	{ call }: { call: (args: ArgumentReader, context: CallContext) => Value },
): ExpressionFunction {
	return { least, most, call: (args, context) => call(readArguments(args, context), context) };
}

function readArguments(args: readonly Value[], context: CallContext): ArgumentReader {
	const value = (index: number): Value => {
		const argument = args[index];
		if (argument === undefined) {
			throw new ExpressionError(`Argument ${index + 1} is missing.`, context.position);
		}
		return argument;
	};
	return {
		count: args.length,
		value,
		text: (index) => toText(value(index), context.tz),
		number: (index) => toNumber(value(index), context.tz),
		boolean: (index) => toBoolean(value(index)),
	};
}
