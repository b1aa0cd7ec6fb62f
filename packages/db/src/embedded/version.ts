import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseOpenError, errorCode } from '../open-error.ts';
import type { DataFolder } from './folder.ts';

/** The PostgreSQL major inside the pinned engine; a test compares it with what the engine answers. */
export const ENGINE_MAJOR = 18;
export const VERSION_FILE = 'VERSION';

/** The VERSION file of a database that an engine made which answers `select version()` so. */
export function versionFile(engineAnswer: string): string {
	const version = {
		product: 'throughline',
		postgres: ENGINE_MAJOR,
		engine: engineAnswer.split(' on ')[0],
	};
	return `${JSON.stringify(version, null, '\t')}\n`;
}

/** Whether the folder holds a database; throws when it is one that this release cannot read. */
export async function checkVersion(folder: DataFolder): Promise<boolean> {
	const path = join(folder.database, VERSION_FILE);
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		if (errorCode(error) === 'ENOENT') {
			return null;
		}
		throw error;
	});
	if (text === null) {
		return false;
	}
	const major = majorOf(text);
	if (major === ENGINE_MAJOR) {
		return true;
	}
	const found = major === null ? 'an unknown version' : `PostgreSQL ${major}`;
	throw new DatabaseOpenError(
		'data_folder_version',
		`The database in ${folder.root} was made by ${found} (${path}); this release of Throughline runs PostgreSQL ${ENGINE_MAJOR} and cannot read its files. ` +
			'Start the release of Throughline that made it, move the data to a PostgreSQL server with pg_dump and set DATABASE_URL, or choose an empty folder with DATA_DIR.',
	);
}

function majorOf(text: string): number | null {
	try {
		const value: unknown = JSON.parse(text);
		const isVersion = typeof value === 'object' && value !== null && 'postgres' in value;
		return isVersion && Number.isInteger(value.postgres) ? Number(value.postgres) : null;
	} catch {
		return null;
	}
}
