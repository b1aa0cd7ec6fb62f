import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import type { Schema } from '@throughline/db/schema';
import type { Transaction } from 'kysely';
import type { Deps } from '../../deps.ts';

/** What happened to a person's account is on record in every engagement they work in. */
export async function writeEntriesOf(
	trx: Transaction<Schema>,
	{ random }: Pick<Deps, 'random'>,
	entry: {
		grants: readonly { engagementId: string }[];
		action: string;
		/** Null when it was done where the server runs. */
		by: string | null;
		target: string;
	},
): Promise<void> {
	// Always in one order: two such transactions take the locks of the records alike.
	const ids = [...new Set(entry.grants.map(({ engagementId }) => engagementId))].toSorted();
	for (const engagementId of ids) {
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId: entry.by,
			action: entry.action,
			target: entry.target,
		});
	}
}
