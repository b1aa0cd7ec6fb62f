import { type Command, UsageError } from '../command.ts';

export const responsesExport: Command = {
	name: 'responses export',
	summary: 'Write the rows of an approved row export to a CSV file, once.',
	usage: 'ID FILE.csv',
	details:
		'ID is the id of a row export that a data steward asked for and a second person approved; both\nare done on the pages. The file is made once: site, grade and what students said about themselves\nare told in words that at least k of them share, open answers are left out, and the rows are\nshuffled. A file that is there already is not overwritten.',
	options: {},
	examples: ['responses export 019aa000-0000-7000-8000-000000000001 rows.csv'],
	async run(input, io) {
		const [id, file, ...others] = input.positionals;
		if (id === undefined || file === undefined || others.length > 0) {
			throw new UsageError('Name one row export by its id, and the file to write.');
		}
		const { open, unlink } = await import('node:fs/promises');
		const path = io.path(file);
		// Made before the rows are: what cannot be written is not spent.
		const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
			const why = error instanceof Error ? error.message : String(error);
			throw new UsageError(`${file} cannot be written: ${why}`, { cause: error });
		});
		try {
			const { withDeps } = await import('../with-database.ts');
			const { rows, hash, csv } = await withDeps(
				io,
				'throughline responses export',
				async (deps) => {
					const { findRowExportPlaces } = await import('@throughline/db/queries/row-export');
					const { createResultsReader } = await import('../../results/read-window.ts');
					const { fetchRows } = await import('../../actions/fetch-rows.ts');
					const [place] = await findRowExportPlaces(deps.db, id);
					if (place === undefined) {
						throw new UsageError(`There is no row export '${id}'.`);
					}
					const results = createResultsReader(deps.db);
					return await fetchRows(deps, results, { ...place, personId: null });
				},
			);
			await handle.writeFile(csv);
			io.print({ file, rows, hash }, `${rows} rows are in ${file}.\nSHA-256: ${hash}`);
		} catch (error) {
			await unlink(path);
			throw error;
		} finally {
			await handle.close();
		}
	},
};
