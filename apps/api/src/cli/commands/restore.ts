import { type Command, UsageError } from '../command.ts';

export const restoreCommand: Command = {
	name: 'restore',
	summary: 'Make the embedded database of a data folder from a backup.',
	usage: 'FILE',
	details:
		'The folder (DATA_DIR) must not have a database yet; move the old one away first. The keys that belong\nto it go into DATA_DIR/keys: without them codes, drafts and sealed answers cannot be read.',
	options: {},
	examples: ['restore throughline.tar.gz'],
	async run({ positionals }, io) {
		const [file, ...more] = positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one file.');
		}
		const { restoreEmbedded } = await import('@throughline/db');
		const { readConfig } = await import('../../config.ts');
		const { DATA_DIR, DATABASE_URL } = readConfig(io.env, { isSampleWanted: false });
		if (DATABASE_URL !== undefined) {
			throw new UsageError('DATABASE_URL is set: restore a PostgreSQL server with pg_restore.');
		}
		const restored = await restoreEmbedded(DATA_DIR, io.path(file), {
			purpose: 'throughline restore',
		});
		io.print(
			{ folder: DATA_DIR, ...restored },
			`${DATA_DIR}: ${restored.files} files, ${restored.bytes} bytes.`,
		);
	},
};
