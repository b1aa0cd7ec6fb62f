import { submitEnvelope } from '@throughline/db/queries/ballot';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { hashCode, parseCode } from '../ballot/code.ts';
import { sealEnvelope } from '../ballot/envelope.ts';
import { sealingKey } from '../ballot/epoch-keys.ts';
import type { Deps } from '../deps.ts';

interface SealedStudent {
	/** As the slip shows it. */
	code: string;
	values: Record<string, string>;
}

/**
 * Finishes responses one after the other, in this order, as the last page does: code spent, envelope
 * stored, draft deleted. Without the pages before it, so that thousands take seconds.
 */
export async function submitSealed(
	db: Kysely<Schema>,
	deps: Pick<Deps, 'keys' | 'random'>,
	window: { engagementId: string; windowId: string; students: readonly SealedStudent[] },
): Promise<void> {
	const { engagementId, windowId } = window;
	const key = await sealingKey({ ...deps, db }, { engagementId, windowId, epoch: 1, canary: null });
	for (const { code, values } of window.students) {
		const codeHash = hashCode(deps.keys.pepper, windowId, parseCode(code) ?? '');
		const { cohort_id: cohortId } = await db
			.selectFrom('access_code')
			.select('cohort_id')
			.where('engagement_id', '=', engagementId)
			.where('window_id', '=', windowId)
			.where('code_hash', '=', codeHash)
			.executeTakeFirstOrThrow();
		const answers = { meta: { survey: 's', notice: 'n', language: 'en' }, values };
		const result = await submitEnvelope(db, {
			engagementId,
			windowId,
			codeHash,
			sidHash: deps.random.bytes(32),
			envelope: {
				id: deps.random.uuid4(),
				cohortId,
				epoch: 1,
				body: sealEnvelope(answers, { key, cohortId, random: deps.random }),
			},
		});
		if (result !== 'stored') {
			throw new Error(`A submission was not stored: ${result}.`);
		}
	}
}

/** Closes a window, as the clock does. */
export async function closeWindow(db: Kysely<Schema>, windowId: string): Promise<void> {
	await db
		.updateTable('survey_window')
		.set({ status: 'closed' })
		.where('id', '=', windowId)
		.execute();
}
