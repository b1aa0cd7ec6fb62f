import { listSeats, writeSlips } from '@throughline/db/queries/dialog-slip';
import { formatCode, hashCode, makeCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';
import { seatLabel } from '../dialogs/seat-label.ts';
import { AppError } from '../errors.ts';
import type { SeatSlips } from '../routes/dialogs/schema.ts';
import { auditDialog, type DialogKey, plannedDialog } from './plan-dialog.ts';

/**
 * Draws a seat with a slip for each planned participant. The codes are given back once; only their
 * keyed hashes are stored. As a replacement, the slips drawn before open nothing any more.
 * @throws AppError 409 `slips_already_drawn` when it is no replacement; 409 `dialog_begun`: whoever
 * took a slip home keeps the way to take words back.
 */
export async function drawSlips(
	deps: Pick<Deps, 'db' | 'random' | 'keys'>,
	key: DialogKey,
	order: { isReplacement: boolean; personId: string; origin: string },
): Promise<SeatSlips> {
	const drawn = await deps.db.transaction().execute(async (trx) => {
		const dialog = await plannedDialog(trx, key);
		const seats = await listSeats(trx, key);
		const replaced = seats.filter(({ hasSlip }) => hasSlip).length;
		if (replaced > 0 && !order.isReplacement) {
			throw new AppError(
				'slips_already_drawn',
				409,
				'Slips were drawn for this session already. If their print was lost, replace them.',
			);
		}
		const slips = Array.from(
			{ length: Math.max(dialog.plannedParticipants, seats.length) },
			(_, index) => {
				const position = index + 1;
				const code = makeCode((length) => deps.random.bytes(length));
				const label = seats.find((seat) => seat.position === position)?.label;
				return {
					id: deps.random.uuid7(),
					position,
					label: label ?? seatLabel(position),
					hash: hashCode(deps.keys.pepper, key.sessionId, code),
					code,
				};
			},
		);
		await writeSlips(trx, key, slips);
		await auditDialog(trx, deps, {
			key,
			personId: order.personId,
			action: replaced > 0 ? 'dialog.slips_replaced' : 'dialog.slips_drawn',
			detail: { drawn: slips.length, slipsVoided: replaced },
		});
		return { slips, slipCode: dialog.slipCode, replaced: replaced > 0 };
	});
	return {
		slips: drawn.slips.map(({ label, code }) => ({ label, code: formatCode(code) })),
		slipCode: drawn.slipCode,
		address: `${new URL(order.origin).host}/withdraw`,
		replaced: drawn.replaced,
	};
}
