import type { Command } from '../command.ts';

export const migrateCommand: Command = {
	name: 'migrate',
	summary: 'Bring the database up to date.',
	usage: '',
	details:
		'Applies every migration the database does not have yet, in one transaction: all or none.\nThe server does the same when it starts; run this where a deployment wants it done before.',
	options: {},
	examples: ['migrate', 'migrate --json'],
	async run(_input, io) {
		const { migrate } = await import('@throughline/db');
		const { withDatabase } = await import('../with-database.ts');
		const applied = await withDatabase(io, 'throughline migrate', ({ db }) => migrate(db));
		const words =
			applied.length === 0 ? 'The database is up to date.' : `Applied:\n${applied.join('\n')}`;
		io.print({ applied }, words);
	},
};
