import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** What every query function takes first: the database, or the transaction it is part of. */
export type Database = Kysely<Schema> | Transaction<Schema>;
