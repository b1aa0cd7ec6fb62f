import { dirname } from 'node:path';
import { type Command, UsageError } from '../command.ts';

export const restoreCommand: Command = {
	name: 'restore',
	summary: 'Fill a database from a backup: all of it or nothing.',
	usage: 'FILE [--replace] [--tombstones DIR]',
	details:
		'Reads what `backup` writes, into either kind of database, and the hourly backups of the embedded one\n(.tar.gz or .tar.gz.sealed, into a folder without a database). What is encrypted needs the passphrase in the\nfile that BACKUP_PASSPHRASE_FILE names. A database that holds data is refused unless --replace says that it\nmay go. What was taken back, deleted or shredded after the backup does not come back, nor do\nroles and invitations that have ended since: that is written in tombstones.jsonl beside the backup, in\nDATA_DIR/backups and in the database that is replaced. Everybody has to sign in anew. Keys are not in a\nbackup: they go into DATA_DIR/keys. Stop the server first.',
	options: {
		replace: { type: 'boolean', words: 'What the database holds may go.' },
		tombstones: {
			type: 'string',
			value: 'DIR',
			words: 'Another folder with a tombstones.jsonl.',
		},
	},
	examples: ['restore throughline.backup', 'restore throughline.backup --replace'],
	async run(input, io) {
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one file.');
		}
		const path = io.path(file);
		const other = input.text('tombstones');
		const { readConfig } = await import('../../config.ts');
		const { restoreAnyBackup } = await import('../../backup/restore-any-backup.ts');
		const restored = await restoreAnyBackup({
			config: readConfig(io.env, { isSampleWanted: false }),
			file: path,
			isReplaced: input.has('replace'),
			tombstoneFolders: [dirname(path), ...(other === undefined ? [] : [io.path(other)])],
		});
		for (const { windowId, envelopes } of restored.lostResponses) {
			io.note(
				`Window ${windowId} was opened after this backup was made, and its key destroyed: ${envelopes} sealed answers in it can never be read, and are gone. A newer backup holds them.`,
			);
		}
		io.print(
			restored,
			`${restored.rows} rows and ${restored.recordings} recordings are there again; ${restored.tombstones} things taken back since then were taken back again.`,
		);
	},
};
