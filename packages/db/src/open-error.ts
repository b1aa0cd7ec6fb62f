/** Why a database could not be opened or brought up to date. */
export type DatabaseProblem =
	| 'data_folder_in_use'
	| 'data_folder_not_empty'
	| 'data_folder_unusable'
	| 'data_folder_version'
	| 'database_crashed'
	| 'database_in_use'
	| 'database_unreachable'
	| 'server_version'
	| 'server_not_durable'
	| 'backup_impossible'
	| 'backup_locked'
	| 'backup_unreadable'
	| 'database_not_empty'
	| 'migration_failed';

/**
 * A failure a person can act on: the message says what is wrong, where, and what to do next.
 *
 * @example new DatabaseOpenError('database_unreachable', 'No answer. Check DATABASE_URL.').code
 */
export class DatabaseOpenError extends Error {
	readonly code: DatabaseProblem;

	constructor(code: DatabaseProblem, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'DatabaseOpenError';
		this.code = code;
	}
}

const LONGEST_MESSAGE = 500;

/** The first line of an error, cut short: the embedded engine prints 200 KB of source with some. */
export function briefly(error: unknown): string {
	const message = error instanceof Error ? error.message || error.name : String(error);
	const line = message.split('\n').find((part) => part.trim() !== '') ?? message;
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

/** The code of a system or database error ('ENOENT', '23505'), if it has one. */
export function errorCode(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || !('code' in error)) {
		return undefined;
	}
	return typeof error.code === 'string' ? error.code : undefined;
}
