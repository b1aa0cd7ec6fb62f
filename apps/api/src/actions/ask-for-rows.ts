import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	countRowExports,
	insertRowExport,
	listExportedWays,
	lockRowExports,
} from '@throughline/db/queries/row-export';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import {
	DECIDE_WITHIN_DAYS,
	EXPORT_RULES,
	hoursAfter,
	MOST_A_DAY,
} from '../exports/export-rules.ts';
import type { ResultsReader } from '../results/read-window.ts';

interface AskForRows {
	engagementId: string;
	windowId: string;
	/** What the rows are needed for. */
	reason: string;
	personId: string;
}

/**
 * Asks for the rows of an opened window. Nothing is made yet: a second person decides.
 * @returns the id of the row export.
 * @throws AppError `not_found`, `window_not_opened`, `too_few_answered`, `too_many_exports`,
 * `rows_told_otherwise`.
 */
export async function askForRows(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	results: ResultsReader,
	request: AskForRows,
): Promise<string> {
	const window = await results.read(request);
	const k = window.minN;
	if (window.everyone.total.n < k) {
		throw new AppError(
			'too_few_answered',
			409,
			'Fewer students answered than a figure may stand on, so nothing of this survey can be shown.',
		);
	}
	const id = deps.random.uuid7();
	const at = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		await lockRowExports(trx, request.engagementId);
		const { asked } = await countRowExports(trx, {
			personId: request.personId,
			since: hoursAfter(at, -24),
		});
		if (asked >= MOST_A_DAY) {
			throw tooManyExports();
		}
		refuseOtherWays(await listExportedWays(trx, request), { k, rules: EXPORT_RULES });
		await insertRowExport(trx, {
			...request,
			id,
			k,
			rules: EXPORT_RULES,
			at,
			expiresAt: hoursAfter(at, 24 * DECIDE_WITHIN_DAYS),
		});
		await writeAuditEntry(trx, {
			engagementId: request.engagementId,
			id: deps.random.uuid7(),
			personId: request.personId,
			action: 'rows.asked',
			target: id,
			detail: { window: request.windowId, k },
		});
	});
	return id;
}

/** Five exports a day are enough for work, and too few to carry a district away. */
export function tooManyExports(): AppError {
	return new AppError(
		'too_many_exports',
		429,
		`A person may ask for rows ${MOST_A_DAY} times in 24 hours, and fetch them as often. Wait until tomorrow.`,
	);
}

/** @throws AppError `rows_told_otherwise` when rows of the window went out in another way. */
export function refuseOtherWays(
	ways: readonly { k: number; rules: string }[],
	own: { k: number; rules: string },
): void {
	if (ways.some(({ k, rules }) => k !== own.k || rules !== own.rules)) {
		throw new AppError(
			'rows_told_otherwise',
			409,
			'Rows of this window were handed out under other rules. Two tables of the same people could be put together, so there is no second one.',
		);
	}
}
