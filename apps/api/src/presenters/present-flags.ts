import type { FlagRow } from '@throughline/db/queries/review-flag';
import type { FlagView } from '../routes/flags/schema.ts';

export function presentFlag(row: FlagRow): FlagView {
	const { resolvedAt } = row;
	return {
		id: row.id,
		target: { type: row.targetType, id: row.targetId },
		label: row.label,
		reason: row.reason,
		correction: row.correction,
		raisedOn: day(row.raisedAt),
		resolved: resolvedAt && {
			by: row.resolvedBy,
			on: day(resolvedAt),
			note: row.resolution,
		},
	};
}

function day(at: Date): string {
	return at.toISOString().slice(0, 10);
}
