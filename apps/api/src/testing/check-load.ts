/**
 * Counts what became of the students of `seed-load.ts`: `node check-load.ts '{ "engagementId": …,
 * "windowId": … }'`. Prints `{ spent, envelopes, damaged }`: codes used up, envelopes stored, and
 * envelopes that do not open. Run by tooling/bench/faults.
 */
import { openEnvelope } from '../ballot/envelope.ts';
import { openingKey } from '../ballot/epoch-keys.ts';
import { withDeps } from '../cli/with-database.ts';

// The argument of tooling/bench/faults, in the shape written there.
const key = JSON.parse(process.argv[2] ?? '') as { engagementId: string; windowId: string };
const counted = await withDeps({ env: process.env }, 'a count after faults', async (deps) => {
	const epochKey = await openingKey(deps, { ...key, epoch: 1 });
	const rows = await deps.db
		.selectFrom('envelope')
		.select(['body', 'cohort_id'])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.execute();
	const { spent } = await deps.db
		.selectFrom('access_code')
		.select((expression) => expression.fn.countAll<number>().as('spent'))
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('state', '=', 1)
		.executeTakeFirstOrThrow();
	const isWhole = ({ body, cohort_id: cohortId }: (typeof rows)[number]) => {
		try {
			return epochKey !== null && openEnvelope(body, { key: epochKey, cohortId }) !== null;
		} catch {
			return false;
		}
	};
	return {
		spent: Number(spent),
		envelopes: rows.length,
		damaged: rows.filter((row) => !isWhole(row)).length,
	};
});
process.stdout.write(JSON.stringify(counted));
