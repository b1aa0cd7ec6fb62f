import type { TurnChange } from '../transcript-api.ts';

/** An edit of one turn, or a decision about what is hidden in it, on its way to the server. */
export type UnsavedChange =
	| { type: 'edit'; turnId: string; version: number; change: TurnChange }
	| {
			type: 'decision';
			turnId: string;
			redactionId: string;
			status: 'accepted' | 'rejected';
	  };

export function isUnsavedChange(value: unknown): value is UnsavedChange {
	return (
		typeof value === 'object' &&
		value !== null &&
		'type' in value &&
		(value.type === 'edit' || value.type === 'decision') &&
		'turnId' in value &&
		typeof value.turnId === 'string'
	);
}

/** Words being written, kept over a reload. */
export interface Draft {
	turnId: string;
	/** Of the turn. */
	position: number;
	text: string;
}

export function isDraft(value: unknown): value is Draft {
	return (
		typeof value === 'object' &&
		value !== null &&
		'turnId' in value &&
		typeof value.turnId === 'string' &&
		'position' in value &&
		typeof value.position === 'number' &&
		'text' in value &&
		typeof value.text === 'string'
	);
}
