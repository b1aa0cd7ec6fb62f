import type { StaffRole } from '@throughline/db/schema';

/**
 * How much of a transcript somebody reads: `all` of it, with seats and what is suggested for
 * hiding; only its `words`, hidden ones taken out and without who said them; or `nothing`.
 */
export type TranscriptReading = 'all' | 'words' | 'nothing';

/**
 * Who reads a transcript. Whoever led, noted or interpreted the session heard it: they read all. A
 * coder who was not there reads the words of a checked one, to mark excerpts in it: by then a
 * person has decided about everything that was suggested for hiding. Which seat said what stays
 * with those who were in the room, as with excerpts. Nobody else reads any, and nobody else reads
 * a draft. Pure.
 */
export function transcriptReading(
	reader: { roles: readonly StaffRole[]; isOnDuty: boolean },
	status: 'draft' | 'checked',
): TranscriptReading {
	if (reader.isOnDuty && reader.roles.includes('facilitator')) {
		return 'all';
	}
	return status === 'checked' && reader.roles.includes('coder') ? 'words' : 'nothing';
}
