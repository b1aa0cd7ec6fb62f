import { type Command, UsageError } from '../command.ts';

export const purgeCommand: Command = {
	name: 'purge',
	summary: 'Delete what the retention schedule says has been kept for long enough.',
	usage: '[--dry-run]',
	details:
		'The server does the same each night, or after its next start when it was off. Writes down how many of\neach kind went, and nothing of what they said. RETENTION_FILE holds the district’s own days.',
	options: {
		'dry-run': { type: 'boolean', words: 'Count what is due and delete nothing.' },
	},
	examples: ['purge --dry-run', 'purge'],
	async run(input, io) {
		if (input.positionals.length > 0) {
			throw new UsageError('Give no more than options.');
		}
		const isDry = input.has('dry-run');
		const { purge } = await import('../../retention/purge.ts');
		const { readSchedule } = await import('../../retention/schedule.ts');
		const { withDeps } = await import('../with-database.ts');
		const purged = await withDeps(io, 'throughline purge', async (deps) =>
			purge(deps, { schedule: await readSchedule(deps.config), isDry }),
		);
		const lines = purged.map(({ kind, days, rows }) => `${kind}: ${rows} (after ${days} days)`);
		const nothing = 'Nothing has been kept for too long.';
		const heading = isDry ? 'Would be deleted:' : 'Deleted:';
		io.print(
			{ isDryRun: isDry, purged },
			lines.length === 0 ? nothing : [heading, ...lines].join('\n'),
		);
	},
};
