import { z } from 'zod';

/** What one part of a backup must be found to be. */
const part = z.object({
	/** 'table/person', 'recording/<engagement>/<recording>'. */
	name: z.string().min(1).max(200),
	/** Columns of a table, in the order its rows have them; null for a file. */
	columns: z.array(z.string()).nullable(),
	/** Rows of a table; null for a file. */
	rows: z.number().int().nonnegative().nullable(),
	bytes: z.number().int().nonnegative(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Part = z.output<typeof part>;

/** The last thing in a backup: without it, it is not whole. */
export const manifest = z.object({
	madeAt: z.iso.datetime(),
	migrations: z.array(z.string()).min(1),
	parts: z.array(part),
});
export type Manifest = z.output<typeof manifest>;

/** How a passphrase becomes a key. */
const encryption = z.object({
	salt: z.string().max(100),
	cost: z
		.number()
		.int()
		.min(2 ** 14)
		.max(2 ** 17),
	check: z.string().max(200),
});

/** The first line of a backup. */
export const header = z.object({
	format: z.literal('throughline-backup'),
	version: z.literal(1),
	/** Null when anyone can read it. */
	encryption: encryption.nullable(),
});
export type Header = z.output<typeof header>;

/** The first line of a sealed copy of the embedded database's files. */
export const copyHeader = z.object({
	format: z.literal('throughline-copy'),
	version: z.literal(1),
	encryption,
});
export type CopyHeader = z.output<typeof copyHeader>;

/** Rows of each table that is in a backup. */
export function rowsOf({ parts }: Manifest): Record<string, number> {
	return Object.fromEntries(
		parts.flatMap(({ name, rows }) => (rows === null ? [] : [[name.slice('table/'.length), rows]])),
	);
}
