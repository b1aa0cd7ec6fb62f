import pg from 'pg';

/** OIDs of https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const OIDS = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182 } as const;
const TEXT_ARRAY_OID: number = 1009;

/**
 * How column values become JavaScript values, the same on both databases: int8 a number that is
 * exact or an error, date the string it is (a `Date` would be another day west of Greenwich),
 * numeric a string, timestamptz a `Date`, json and jsonb parsed.
 */
export const valueParsers: pg.CustomTypesConfig = {
	getTypeParser: (oid: number, format?: 'text' | 'binary') => {
		const parse = format === 'binary' ? undefined : TEXT_PARSERS.get(oid);
		return parse ?? pg.types.getTypeParser(oid, format);
	},
};

const TEXT_PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<
	number,
	(text: string) => unknown
>([
	[OIDS.int8, readSafeInteger],
	[OIDS.int8Array, (text) => readArray(text, readSafeInteger)],
	[OIDS.date, (text) => text],
	[OIDS.dateArray, (text) => readArray(text, String)],
]);

/**
 * A value for a json or jsonb column. The driver would send an array as a PostgreSQL array.
 *
 * @example json(['a', 'b']) === '["a","b"]'
 */
export function json(value: unknown): string {
	const text: string | undefined = JSON.stringify(value);
	if (text === undefined) {
		throw new TypeError(`A ${typeof value} cannot be stored as JSON.`);
	}
	return text;
}

function readSafeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) {
		throw new RangeError(
			`The database holds the integer ${text}, which JavaScript numbers cannot hold exactly. Select it as text.`,
		);
	}
	return value;
}

function readArray<T>(text: string, readEntry: (entry: string) => T): (T | null)[] {
	// `any` by the driver's types; a text[] parser gives strings and nulls.
	const entries: (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY_OID)(text);
	return entries.map((entry) => (entry === null ? null : readEntry(entry)));
}
