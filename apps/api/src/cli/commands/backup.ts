import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, type Input, type Io, UsageError } from '../command.ts';

export const backupCommand: Command = {
	name: 'backup',
	summary: 'Copy everything into one file, and load it once to see that it can be used.',
	usage: '[FILE | --to DIR] [--encrypt] [--without-recordings] [--replace]',
	details:
		'Works on both kinds of database, while the server runs. Everything is as it was at one moment. The file\nlies in DATA_DIR/backups unless told otherwise; beside it tombstones.jsonl says what no backup may bring\nback: keep it with the backups. Keys are not in it: keep DATA_DIR/keys apart. --encrypt seals it with the\npassphrase in the file that BACKUP_PASSPHRASE_FILE names.',
	options: {
		to: { type: 'string', value: 'DIR', words: 'The folder to put it in, under its own name.' },
		encrypt: { type: 'boolean', words: 'Seal it with the passphrase of BACKUP_PASSPHRASE_FILE.' },
		'without-recordings': { type: 'boolean', words: 'Leave the sound of recordings out.' },
		replace: { type: 'boolean', words: 'Replace the file when it is there already.' },
	},
	examples: ['backup', 'backup throughline.backup', 'backup --to /mnt/backups --encrypt'],
	async run(input, io) {
		const now = new Date();
		const { backupFolder, backupName, backupPassphrase, copyTombstones, makeBackup } =
			await import('../../backup/backup-folder.ts');
		const { createBackups } = await import('../../backup/backup-status.ts');
		const { readConfig } = await import('../../config.ts');
		const { rowsOf } = await import('../../backup/manifest.ts');
		const { writeTombstones } = await import('../../backup/tombstone-file.ts');
		const { recordingFiles } = await import('../../recordings/recording-files.ts');
		const { withDatabase } = await import('../with-database.ts');
		const place = await placeOf(input, io);
		const config = readConfig(io.env, { isSampleWanted: false });
		if (input.has('encrypt') && config.BACKUP_PASSPHRASE_FILE === undefined) {
			throw new UsageError('--encrypt needs BACKUP_PASSPHRASE_FILE.');
		}
		const backups = createBackups({ config, clock: () => now });
		const making = withDatabase(io, 'throughline backup', async (handle) => {
			const passphrase = input.has('encrypt') ? await backupPassphrase(config) : null;
			const folder = backupFolder(config);
			const file = place ?? join(folder, backupName(now));
			await writeTombstones(handle.db, folder);
			const { manifest, how } = await makeBackup(handle, {
				file,
				passphrase,
				recordings: input.has('without-recordings') ? null : recordingFiles(config.DATA_DIR),
				now,
			});
			if (dirname(file) !== folder) {
				await copyTombstones(folder, dirname(file));
			}
			return { file, manifest, how, isEncrypted: passphrase !== null };
		});
		const made = await making.catch(async (error: unknown) => {
			// Nobody may be watching: the people who use the server are told.
			await backups.failed();
			throw error;
		});
		await backups.succeeded();
		const counts = Object.values(rowsOf(made.manifest));
		const rows = counts.reduce((sum, n) => sum + n, 0);
		const recordings = made.manifest.parts.length - counts.length;
		const { file, how, isEncrypted } = made;
		io.print(
			{ file, tables: counts.length, rows, recordings, verified: how, isEncrypted },
			`${file}: ${rows} rows of ${counts.length} tables, ${recordings} recordings. Verified: ${how}.`,
		);
	},
};

/** The file that was named, or null for one under its own name in DATA_DIR/backups. */
async function placeOf(input: Input, io: Io): Promise<string | null> {
	const [file, ...more] = input.positionals;
	const folder = input.text('to');
	if (more.length > 0 || (file !== undefined && folder !== undefined)) {
		throw new UsageError('Give one file, or a folder with --to.');
	}
	if (folder !== undefined) {
		const { backupName } = await import('../../backup/backup-folder.ts');
		const path = join(io.path(folder), backupName(new Date()));
		await checkPlace(path, { mayReplace: false });
		return path;
	}
	if (file === undefined) {
		return null;
	}
	await checkPlace(io.path(file), { mayReplace: input.has('replace') });
	return io.path(file);
}

/** @throws UsageError when the folder is missing, or the file is there and may not be replaced. */
async function checkPlace(file: string, { mayReplace }: { mayReplace: boolean }): Promise<void> {
	const folder = await stat(dirname(file)).catch(() => null);
	if (!folder?.isDirectory()) {
		throw new UsageError(`There is no folder ${dirname(file)}. Make it first.`);
	}
	const isThere = await access(file).then(
		() => true,
		() => false,
	);
	if (isThere && !mayReplace) {
		throw new UsageError(`${file} is there already. Name another file, or add --replace.`);
	}
}
