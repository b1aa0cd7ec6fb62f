// Opens a window and destroys its key, in a process of its own that kills itself after one step.
// Takes a Plan as its argument.
import { type DatabaseConfig, openDatabase } from '@throughline/db';
import { destroyEpochKeys, type DestroyingStep } from '../actions/destroy-epoch-keys.ts';
import { openEnvelopes, type OpeningStep } from '../actions/open-envelopes.ts';
import { fileKeys } from '../system/keys.ts';
import { systemRandom } from '../system/random.ts';

export interface Plan {
	database: DatabaseConfig;
	/** Where the keys are. */
	folder: string;
	engagementId: string;
	windowId: string;
	diesAfter: OpeningStep | DestroyingStep;
}

// The test writes it.
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const { engagementId, windowId } = plan;
const handle = await openDatabase(plan.database, { purpose: 'tests' });
const deps = {
	db: handle.db,
	keys: await fileKeys(plan.folder),
	random: systemRandom,
	clock: () => new Date(),
};

function afterStep(step: OpeningStep | DestroyingStep): void {
	if (step === plan.diesAfter) {
		process.kill(process.pid, 'SIGKILL');
	}
}

await openEnvelopes(deps, { engagementId, windowId }, { afterStep });
await destroyEpochKeys(deps, { backUp: async () => ({ verified: true }), afterStep });
await handle.close();
