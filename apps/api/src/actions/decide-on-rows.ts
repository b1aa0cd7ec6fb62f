import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { decideRowExport, findRowExport } from '@throughline/db/queries/row-export';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { FETCH_WITHIN_HOURS, hoursAfter } from '../exports/export-rules.ts';

interface DecideOnRows {
	engagementId: string;
	exportId: string;
	isApproved: boolean;
	/** Why, in the second person's words. */
	reason: string;
	personId: string;
}

/**
 * The second person's answer to whoever asked for rows. Approved rows can be fetched once, for a
 * day.
 * @throws AppError `not_found`, `second_person_needed`, `export_decided`, `export_expired`.
 */
export async function decideOnRows(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	decision: DecideOnRows,
): Promise<void> {
	const at = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		const asked = await findRowExport(trx, decision);
		if (!asked) {
			throw notFound();
		}
		if (asked.requestedBy === decision.personId) {
			throw new AppError(
				'second_person_needed',
				403,
				'You asked for these rows yourself. Somebody else has to decide.',
			);
		}
		if (asked.decidedAt !== null) {
			throw decidedAlready();
		}
		if (asked.expiresAt <= at) {
			throw new AppError(
				'export_expired',
				410,
				'The time for this has passed. Whoever needs the rows asks for them again.',
			);
		}
		const expiresAt = hoursAfter(at, FETCH_WITHIN_HOURS);
		if (!(await decideRowExport(trx, { ...decision, at, expiresAt }))) {
			throw decidedAlready();
		}
		await writeAuditEntry(trx, {
			engagementId: decision.engagementId,
			id: deps.random.uuid7(),
			personId: decision.personId,
			action: decision.isApproved ? 'rows.approved' : 'rows.refused',
			target: decision.exportId,
		});
	});
}

function decidedAlready(): AppError {
	return new AppError('export_decided', 409, 'Somebody has decided on this already.');
}
