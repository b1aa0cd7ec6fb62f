export {
	createTestDatabase,
	describeOn,
	describeOnBothDatabases,
	type Mode,
	type OpenTestDatabase,
} from './describe-on-both-databases.ts';
export type { TestDatabase } from './test-databases.ts';
