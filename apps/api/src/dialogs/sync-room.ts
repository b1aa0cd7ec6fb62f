import { findDialogSession } from '@throughline/db/queries/dialog-session';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { fieldProblems } from '../http/valid.ts';
import type { OperationResult, SyncView } from '../routes/dialog-room/schema.ts';
import { applyOperation, type Bringer } from './apply-operation.ts';
import { operationSchema } from './operation.ts';

/** Refusals that another try may settle: what is missing may still be on its way. */
const PASSING = new Set(['seat_unknown', 'no_safe_adult', 'internal']);

/**
 * Applies what a tablet did, one operation after another, each by itself: one that cannot be taken
 * does not keep the others. Gives what became of each, and whose safety flags came in.
 */
export async function syncRoom(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'log' | 'clock'>,
	bringer: Bringer,
	operations: readonly { id: string }[],
): Promise<{ view: SyncView; flagsFor: string[] }> {
	const results: OperationResult[] = [];
	const flagsFor = new Set<string>();
	for (const operation of operations) {
		const { result, flagFor } = await applyOne(deps, bringer, operation);
		results.push(result);
		if (flagFor !== null) {
			flagsFor.add(flagFor);
		}
	}
	const session = await findDialogSession(deps.db, bringer);
	if (!session) {
		throw notFound();
	}
	const view: SyncView = {
		results,
		session: {
			status: session.status,
			recordingMode: session.recording_mode,
			startedAt: session.started_at?.toISOString() ?? null,
			endedAt: session.ended_at?.toISOString() ?? null,
		},
		serverTime: deps.clock().toISOString(),
	};
	return { view, flagsFor: [...flagsFor] };
}

async function applyOne(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'log'>,
	bringer: Bringer,
	sent: { id: string },
): Promise<{ result: OperationResult; flagFor: string | null }> {
	const { id } = sent;
	const refuse = (code: string, message: string) => ({
		result: {
			id,
			status: 'refused' as const,
			problem: { code, message },
			mayRetry: PASSING.has(code),
		},
		flagFor: null,
	});
	const parsed = operationSchema.safeParse(sent);
	if (!parsed.success) {
		const [[field, words] = ['', '']] = Object.entries(fieldProblems(parsed.error));
		return refuse('invalid_input', `${field}: ${words}`);
	}
	try {
		const { flagFor } = await applyOperation(deps, bringer, parsed.data);
		return { result: { id, status: 'applied' }, flagFor };
	} catch (error) {
		if (error instanceof AppError) {
			return refuse(error.code, error.message);
		}
		// The others of the batch are not to wait for a fault of ours.
		deps.log.error({ err: error, operation: parsed.data.type }, 'an operation failed');
		return refuse('internal', 'This could not be stored yet. It stays here and is sent again.');
	}
}
