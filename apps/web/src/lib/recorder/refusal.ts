export type Refusal = 'notesOnly' | 'over' | 'device' | 'locked' | 'browser';

/** Why this page may not record, or null. The first reason is the one that is told. */
export function refusalOf(given: {
	mode: 'audio' | 'notes_only';
	/** The session has ended. */
	isOver: boolean;
	hasDevice: boolean;
	vault: 'locked' | 'unlocked';
	canRecord: boolean;
}): Refusal | null {
	if (given.mode !== 'audio') {
		return 'notesOnly';
	}
	if (given.isOver) {
		return 'over';
	}
	if (!given.hasDevice) {
		return 'device';
	}
	if (given.vault === 'locked') {
		return 'locked';
	}
	return given.canRecord ? null : 'browser';
}
