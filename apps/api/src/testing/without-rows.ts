import type { Schema } from '@throughline/db/schema';
import {
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
} from 'kysely';

/** A database without rows and without a connection: for what is answered before anything is looked up. */
export function databaseWithoutRows(): Kysely<Schema> {
	return new Kysely<Schema>({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => new DummyDriver(),
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => new PostgresQueryCompiler(),
		},
	});
}
