import { type Command, UsageError } from '../command.ts';

export const backupCommand: Command = {
	name: 'backup',
	summary: 'Copy the embedded database into one file.',
	usage: 'FILE',
	details:
		'Works while the server runs; everyone waits for the second or so the copying takes. The file is read\nback to its last byte before this says that it is done. Keys are not in it: keep DATA_DIR/keys apart.\nOn a PostgreSQL server use pg_dump or the server’s own means.',
	options: {},
	examples: ['backup throughline.tar.gz'],
	async run({ positionals }, io) {
		const [file, ...more] = positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one file.');
		}
		const { backupEmbedded } = await import('@throughline/db');
		const { withDatabase } = await import('../with-database.ts');
		const backup = await withDatabase(io, 'throughline backup', (handle) =>
			backupEmbedded(handle, { file: io.path(file) }),
		);
		io.print(backup, `${backup.file}: ${backup.files} files, ${backup.bytes} bytes unpacked.`);
	},
};
