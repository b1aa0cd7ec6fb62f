import type { Recording } from '@throughline/db/queries/recording';
import type { FilePart } from '../http/send-range.ts';
import type { AudioMime } from './audio-format.ts';
import type { Cut } from './merge.ts';
import { sizeOf } from './recording-files.ts';
import type { Recordings } from './recordings.ts';
import { segmentsOf } from './timeline.ts';

/**
 * Whether somebody may have the sound as it came. Never once a person in the room took something
 * back, or where it begins before the session did; words that were only hidden are the data
 * steward's to read, and so to hear.
 */
export function mayHaveOriginal(
	recording: Pick<Recording, 'status' | 'offset_ms'>,
	{ cuts, isSteward }: { cuts: readonly Pick<Cut, 'reason'>[]; isSteward: boolean },
): boolean {
	if (recording.status === 'announced' || recording.status === 'deleted') {
		return false;
	}
	const isClean = cuts.every(({ reason }) => isSteward && reason === 'redacted');
	return recording.offset_ms >= 0 && isClean;
}

/** A segment of the original, byte for byte as it was sent; null when there is none. */
export async function originalPart(
	{ files }: Recordings,
	recording: Recording,
	segment: number,
): Promise<FilePart | null> {
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const path = files.original(key);
	const bytes = await sizeOf(path);
	if (!bytes) {
		return null;
	}
	const segments = segmentsOf(recording.manifest, { offsetMs: recording.offset_ms, bytes });
	const part = segments[segment];
	return part ? { path, mime: recording.mime, from: part.from, to: part.to } : null;
}

const ENDINGS = {
	'audio/webm': 'webm',
	'audio/mp4': 'm4a',
	'audio/ogg': 'ogg',
	'audio/wav': 'wav',
	'audio/mpeg': 'mp3',
	'audio/aac': 'aac',
	'audio/flac': 'flac',
	'audio/x-caf': 'caf',
	'audio/amr': 'amr',
} satisfies Record<AudioMime, string>;
const endingOf = new Map<string, string>(Object.entries(ENDINGS));

/** What a downloaded segment is called: its session and its number, and nobody's name. */
export function originalName(sessionKey: string, mime: string, segment: number): string {
	const kind = mime.split(';')[0] ?? '';
	const ending = endingOf.get(kind) ?? 'bin';
	return `${sessionKey.replaceAll(/[^\w-]/g, '')}-recording-${segment + 1}.${ending}`;
}
