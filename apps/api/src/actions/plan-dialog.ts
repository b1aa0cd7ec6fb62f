import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { replaceDuties } from '@throughline/db/queries/dialog-duty';
import {
	insertDialog,
	moveDialog,
	nextDialogKey,
	rewriteDialog,
} from '@throughline/db/queries/dialog-plan';
import { lockDialog } from '@throughline/db/queries/dialog-slip';
import type { DialogRole, Schema } from '@throughline/db/schema';
import type { Transaction } from 'kysely';
import type { Deps, Random } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { DialogBody } from '../routes/dialogs/schema.ts';
import { refuseStale } from './changed-meanwhile.ts';
import { checkDialog } from './check-dialog.ts';

type Own = Pick<Deps, 'db' | 'clock' | 'random'>;
export type DialogKey = { engagementId: string; sessionId: string };

const SLIP_ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const SLIP_CODE_LENGTH = 6;

/**
 * Plans a dialog session.
 * @throws AppError 422 naming what cannot be used, and who the guide keeps out of the room.
 */
export async function planDialog(
	deps: Own,
	engagementId: string,
	{ body, personId }: { body: DialogBody; personId: string },
): Promise<{ id: string }> {
	const plan = await checkDialog(deps, engagementId, body);
	const key = { engagementId, sessionId: deps.random.uuid7() };
	await deps.db.transaction().execute(async (trx) => {
		await insertDialog(trx, key, {
			...plan,
			key: await nextDialogKey(trx, engagementId),
			slipCode: makeSlipCode(deps.random),
			createdBy: personId,
			now: deps.clock(),
		});
		await replaceDuties(trx, key, dutyRows(deps.random, body));
		await auditDialog(trx, deps, { key, personId, action: 'dialog.planned' });
	});
	return { id: key.sessionId };
}

/**
 * Changes a session that is still planned.
 * @throws AppError 409 `dialog_begun` when it is not; 409 `changed_meanwhile`; 422 as planDialog.
 */
export async function editDialog(
	deps: Own,
	key: DialogKey,
	{ body, version, personId }: { body: DialogBody; version: number; personId: string },
): Promise<void> {
	const plan = await checkDialog(deps, key.engagementId, body);
	await deps.db.transaction().execute(async (trx) => {
		await plannedDialog(trx, key);
		refuseStale(await rewriteDialog(trx, key, { ...plan, version, now: deps.clock() }));
		await replaceDuties(trx, key, dutyRows(deps.random, body));
		await auditDialog(trx, deps, { key, personId, action: 'dialog.changed' });
	});
}

/**
 * Cancels a planned session; the reason stays with it.
 * @throws AppError 409 `dialog_begun`, 409 `changed_meanwhile`.
 */
export async function cancelDialog(
	deps: Own,
	key: DialogKey,
	{ reason, version, personId }: { reason: string; version: number; personId: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		await plannedDialog(trx, key);
		const move = { from: 'planned' as const, to: 'cancelled' as const, version };
		const words = `Cancelled: ${reason}`;
		refuseStale(await moveDialog(trx, key, { ...move, reason: words, now: deps.clock() }));
		await auditDialog(trx, deps, { key, personId, action: 'dialog.cancelled' });
	});
}

/**
 * Plans a cancelled session again, as it was.
 * @throws AppError 409 `dialog_not_cancelled`, 409 `changed_meanwhile`.
 */
export async function bringBackDialog(
	deps: Own,
	key: DialogKey,
	{ reason, version, personId }: { reason: string; version: number; personId: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const dialog = await lockDialog(trx, key);
		if (!dialog) {
			throw notFound();
		}
		if (dialog.status !== 'cancelled') {
			throw new AppError('dialog_not_cancelled', 409, 'This session is not cancelled.');
		}
		const move = { from: 'cancelled' as const, to: 'planned' as const, version };
		const words = `Planned again: ${reason}`;
		refuseStale(await moveDialog(trx, key, { ...move, reason: words, now: deps.clock() }));
		await auditDialog(trx, deps, { key, personId, action: 'dialog.brought_back' });
	});
}

/**
 * The session, locked until the transaction ends, if it has not begun.
 * @throws AppError 404; 409 `dialog_begun`, 409 `dialog_cancelled`.
 */
export async function plannedDialog(
	trx: Transaction<Schema>,
	key: DialogKey,
): Promise<NonNullable<Awaited<ReturnType<typeof lockDialog>>>> {
	const dialog = await lockDialog(trx, key);
	if (!dialog) {
		throw notFound();
	}
	if (dialog.status === 'cancelled') {
		throw new AppError('dialog_cancelled', 409, 'This session is cancelled. Bring it back first.');
	}
	if (dialog.status !== 'planned') {
		throw new AppError('dialog_begun', 409, 'This session has begun, so its plan stays as it was.');
	}
	return dialog;
}

/** Writes down what was done about a session; says nothing of who sat there. */
export async function auditDialog(
	trx: Transaction<Schema>,
	{ random }: Pick<Deps, 'random'>,
	entry: {
		key: DialogKey;
		personId: string;
		action: string;
		detail?: Record<string, unknown>;
	},
): Promise<void> {
	await writeAuditEntry(trx, {
		engagementId: entry.key.engagementId,
		id: random.uuid7(),
		personId: entry.personId,
		action: entry.action,
		target: entry.key.sessionId,
		...(entry.detail && { detail: entry.detail }),
	});
}

/** Six letters and digits that cannot be taken for each other. */
export function makeSlipCode({ int }: Pick<Random, 'int'>): string {
	return Array.from({ length: SLIP_CODE_LENGTH }, () =>
		SLIP_ALPHABET.charAt(int(SLIP_ALPHABET.length)),
	).join('');
}

function dutyRows(random: Random, body: DialogBody) {
	const row = (role: DialogRole, personId: string | null) => ({
		id: random.uuid7(),
		role,
		personId,
	});
	return [
		...(body.leadId === null ? [] : [row('lead', body.leadId)]),
		...body.noteTakerIds.map((id) => row('note_taker', id)),
		...(body.safeAdultId === null ? [] : [row('safe_adult', body.safeAdultId)]),
		...Array.from({ length: body.peerHosts }, () => row('peer_host', null)),
		...Array.from({ length: body.interpreters }, () => row('interpreter', null)),
	];
}
