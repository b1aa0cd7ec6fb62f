/**
 * A program that opens a data folder and reports on stdout, one JSON document a line, so that tests
 * can kill it at any moment: `node data-folder-process.ts open|attach|write|write-durably DATA_DIR`.
 */
import { openDatabase } from '../open.ts';

type Report =
	| { type: 'open'; ms: number }
	| { type: 'refused' | 'fatal'; message: string }
	| { type: 'row'; id: number };

const [, , task, dataDir] = process.argv;
if (dataDir === undefined) {
	throw new Error('Usage: data-folder-process.ts open|attach|write|write-durably DATA_DIR');
}

function report(message: Report): void {
	process.stdout.write(`${JSON.stringify(message)}\n`);
}

try {
	const handle = await openDatabase(
		{ dataDir },
		{
			attach: task === 'attach',
			purpose: `test ${task}`,
			onFatal: (error) => report({ type: 'fatal', message: error.message }),
		},
	);
	report({ type: 'open', ms: Math.round(performance.now()) });
	if (task === 'write' || task === 'write-durably') {
		await handle.pool.query('create table if not exists written (id int primary key)');
		for (let id = 0; ; id += 1) {
			await handle.pool.query('insert into written values ($1)', [id]);
			if (task === 'write-durably') {
				await handle.makeDurable();
			}
			report({ type: 'row', id });
		}
	}
	if (task === 'attach') {
		await handle.close();
	}
} catch (error) {
	report({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
	process.exitCode = 1;
}
