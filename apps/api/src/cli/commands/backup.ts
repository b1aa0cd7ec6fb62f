import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, UsageError } from '../command.ts';

export const backupCommand: Command = {
	name: 'backup',
	summary: 'Copy the embedded database into one file.',
	usage: 'FILE [--replace]',
	details:
		'Works while the server runs; everyone waits for the second or so the copying takes. The file is read\nback to its last byte before this says that it is done. Keys are not in it: keep DATA_DIR/keys apart.\nOn a PostgreSQL server use pg_dump or the server’s own means.',
	options: { replace: { type: 'boolean', words: 'Replace the file when it is there already.' } },
	examples: ['backup throughline.tar.gz'],
	async run(input, io) {
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one file.');
		}
		await checkPlace(io.path(file), { mayReplace: input.has('replace') });
		const { backupEmbedded } = await import('@throughline/db');
		const { withDatabase } = await import('../with-database.ts');
		const backup = await withDatabase(io, 'throughline backup', (handle) =>
			backupEmbedded(handle, { file: io.path(file) }),
		);
		io.print(backup, `${backup.file}: ${backup.files} files, ${backup.bytes} bytes unpacked.`);
	},
};

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
