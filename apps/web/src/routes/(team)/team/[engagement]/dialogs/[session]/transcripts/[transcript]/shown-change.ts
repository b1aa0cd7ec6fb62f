import type { TurnView } from '@throughline/api/client';
import type { TurnChange } from '../transcript-api.ts';
import type { UnsavedChange } from './unsaved-change.ts';

/** A turn as a small change leaves it; nothing when it is gone. */
export function shownChange(turn: TurnView, change: TurnChange): TurnView[] {
	switch (change.kind) {
		case 'text':
			return [{ ...turn, text: change.text, redactions: [] }];
		case 'seat':
			return [{ ...turn, speaker: change.speaker }];
		case 'unclear':
			return [{ ...turn, isUnclear: change.isUnclear }];
		case 'time':
			return [{ ...turn, startMs: change.startMs, endMs: change.endMs }];
		case 'prompt':
			return [{ ...turn, promptKey: change.promptKey }];
		case 'delete':
			return [];
		case 'split':
		case 'merge':
			return [turn];
	}
}

/** A turn with one of its redactions decided. */
export function decided(turn: TurnView, item: UnsavedChange & { type: 'decision' }): TurnView {
	return {
		...turn,
		redactions: turn.redactions.map((redaction) =>
			redaction.id === item.redactionId ? { ...redaction, status: item.status } : redaction,
		),
	};
}
