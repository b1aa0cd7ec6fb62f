import type { Duty } from '@throughline/db/queries/dialog-duty';
import type { DoneGate } from '@throughline/db/queries/dialog-gate';
import type { PlannedDialog } from '@throughline/db/queries/dialog-plan';
import { localDate, localTime } from '../presenters/local-time.ts';
import type { DialogBlocker, DutyView, GateView } from '../routes/dialogs/schema.ts';
import { dialogRoles, labelOf, type ReadGuide, REQUIRED_DUTIES } from './guide.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What is known about one session's preparation. */
export interface Preparation {
	dialog: Pick<PlannedDialog, 'startsAt'>;
	guide: ReadGuide;
	duties: readonly Duty[];
	done: readonly DoneGate[];
	/** How many seats have a slip. */
	slips: number;
	timezone: string;
	now: Date;
}

/** The guide's before-list with its days, counted back from the day the session is on. */
export function gatesOf({ dialog, guide, done, timezone, now }: Preparation): GateView[] {
	const sessionDay = localDate(dialog.startsAt, timezone);
	const today = localDate(now, timezone);
	return guide.before.map(({ key, step, dueDaysBefore, blocksStart }) => {
		const dueOn = daysBefore(sessionDay, dueDaysBefore);
		const mark = done.find((gate) => gate.step === key);
		const open = dueOn < today ? ('overdue' as const) : ('due' as const);
		return {
			step: key,
			text: step,
			dueOn,
			blocksStart,
			state: mark ? ('done' as const) : open,
			doneAt: mark ? localTime(mark.doneAt, timezone) : null,
			doneBy: mark?.doneBy ?? null,
		};
	});
}

/** Each duty of the guide with who has it. */
export function dutiesOf({ guide, duties }: Pick<Preparation, 'guide' | 'duties'>): DutyView[] {
	return dialogRoles.map((role) => {
		const own = duties.filter((duty) => duty.role === role);
		const known = guide.roles.find(({ key }) => key === role);
		return {
			role,
			label: labelOf(guide, role),
			duties: known?.duties ?? [],
			people: own.flatMap(({ personId, name }) =>
				personId === null ? [] : [{ id: personId, name: name ?? '' }],
			),
			unnamed: own.filter(({ personId }) => personId === null).length,
			min: known?.min ?? 0,
		};
	});
}

/** Everything that still stands in the way of the start; empty when the session is ready. */
export function blockersOf(preparation: Preparation): DialogBlocker[] {
	const { guide, duties, slips } = preparation;
	const missing = REQUIRED_DUTIES.filter((role) => !duties.some((duty) => duty.role === role));
	return [
		...missing.map((role) => ({ kind: 'duty' as const, role, label: labelOf(guide, role) })),
		...gatesOf(preparation)
			.filter(({ blocksStart, state }) => blocksStart && state !== 'done')
			.map(({ step, text }) => ({ kind: 'gate' as const, step, text })),
		...(slips === 0 ? [{ kind: 'slips' as const }] : []),
	];
}

/** Whether a planned session's time has passed. */
export function isOverdue(
	dialog: Pick<PlannedDialog, 'status' | 'startsAt' | 'minutes'>,
	now: Date,
): boolean {
	const end = dialog.startsAt.getTime() + dialog.minutes * 60_000;
	return dialog.status === 'planned' && end < now.getTime();
}

function daysBefore(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);
}
