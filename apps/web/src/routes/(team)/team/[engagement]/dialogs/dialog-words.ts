import type { DialogView } from '@throughline/api/client';
import type { Key } from '#lib/i18n/text.ts';

/** In which state a session is, in words: planned ones are ready, overdue, or neither. */
export function stateKey(
	dialog: Pick<DialogView, 'status' | 'isOverdue' | 'isReady'>,
): Key<'plan'> {
	if (dialog.status !== 'planned') {
		return `status.${dialog.status}`;
	}
	if (dialog.isOverdue) {
		return 'status.overdue';
	}
	return dialog.isReady ? 'status.ready' : 'status.planned';
}

/** How a session was captured, or is planned to be. */
export function captureKey(
	dialog: Pick<DialogView, 'recordingPlan' | 'recordingMode'>,
): Key<'plan'> {
	if (dialog.recordingMode !== null) {
		return `capture.${dialog.recordingMode}`;
	}
	return dialog.recordingPlan === 'audio' ? 'capture.plannedAudio' : 'capture.notes_only';
}

/** Facilitators and administrators plan; the others read. */
export function mayPlan(roles: readonly string[]): boolean {
	return roles.includes('facilitator') || roles.includes('administrator');
}
