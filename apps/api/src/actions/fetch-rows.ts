import { createHash } from 'node:crypto';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	countRowExports,
	findRowExport,
	listExportedWays,
	lockRowExports,
	noteRowExportFetched,
} from '@throughline/db/queries/row-export';
import { shuffle } from '../ballot/shuffle.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { EXPORT_RULES, hoursAfter, MOST_A_DAY } from '../exports/export-rules.ts';
import { protectApart } from '../exports/protect-apart.ts';
import { rowFile } from '../exports/row-file.ts';
import { readRowTable } from '../exports/row-table.ts';
import type { ResultsReader } from '../results/read-window.ts';
import { refuseOtherWays, tooManyExports } from './ask-for-rows.ts';

interface FetchRows {
	engagementId: string;
	exportId: string;
	/** Whoever asked for them; null on the server's command line. */
	personId: string | null;
}

/** A file of rows, made once and kept nowhere. */
export interface RowFile {
	csv: string;
	rows: number;
	/** SHA-256 of the file, as the audit log has it. */
	hash: string;
}

type RowExport = NonNullable<Awaited<ReturnType<typeof findRowExport>>>;

/**
 * Makes the file of an approved row export, for whoever asked for it, once. That it was fetched is
 * noted before the file leaves; a file that is lost on its way has to be asked for again.
 * @throws AppError `not_found`, `export_not_approved`, `export_expired`, `export_fetched`,
 * `too_many_exports`, `rows_told_otherwise`.
 */
export async function fetchRows(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	results: ResultsReader,
	request: FetchRows,
): Promise<RowFile> {
	const found = await findFetchable(deps, request);
	const window = await results.read({ ...request, windowId: found.windowId });
	const input = await readRowTable(deps.db, window, found.k);
	const { rows } = await protectApart(input);
	shuffle(rows, deps.random);
	const csv = rowFile(input, rows);
	const hash = createHash('sha256').update(csv).digest('hex');
	const at = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		await lockRowExports(trx, request.engagementId);
		const { fetched } = await countRowExports(trx, {
			personId: found.requestedBy,
			since: hoursAfter(at, -24),
		});
		if (fetched >= MOST_A_DAY) {
			throw tooManyExports();
		}
		refuseOtherWays(await listExportedWays(trx, { ...request, windowId: found.windowId }), found);
		if (!(await noteRowExportFetched(trx, { ...request, fileHash: hash, at }))) {
			throw fetchedAlready();
		}
		await writeAuditEntry(trx, {
			engagementId: request.engagementId,
			id: deps.random.uuid7(),
			personId: request.personId,
			action: 'rows.fetched',
			target: request.exportId,
			detail: { hash, k: found.k, ...(request.personId === null && { by: 'command line' }) },
		});
	});
	return { csv, rows: rows.length, hash };
}

async function findFetchable(
	deps: Pick<Deps, 'db' | 'clock'>,
	request: FetchRows,
): Promise<RowExport> {
	const found = await findRowExport(deps.db, request);
	if (!found || (request.personId !== null && found.requestedBy !== request.personId)) {
		throw notFound();
	}
	if (found.isApproved !== true) {
		throw new AppError(
			'export_not_approved',
			409,
			found.isApproved === false
				? 'Somebody decided that these rows stay here. Their reason stands beside it.'
				: 'Nobody has approved this yet. A second person has to.',
		);
	}
	if (found.fetchedAt !== null) {
		throw fetchedAlready();
	}
	if (found.expiresAt <= deps.clock()) {
		throw new AppError(
			'export_expired',
			410,
			'The time for this has passed. Whoever needs the rows asks for them again.',
		);
	}
	refuseOtherWays([{ k: found.k, rules: EXPORT_RULES }], found);
	return found;
}

function fetchedAlready(): AppError {
	return new AppError(
		'export_fetched',
		410,
		'This file was fetched already: each one is made once. Ask for the rows again if they are needed.',
	);
}
