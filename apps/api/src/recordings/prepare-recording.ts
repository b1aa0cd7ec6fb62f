import { findRecording, type Recording, updateRecording } from '@throughline/db/queries/recording';
import { rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Deps } from '../deps.ts';
import { isHere, type Merge, mergeOf } from './merge.ts';
import { prepareAudio } from './prepare-audio.ts';
import {
	type RecordingFiles,
	type RecordingKey,
	removeOthers,
	settle,
	sizeOf,
	unfinished,
} from './recording-files.ts';
import { readSessionSound } from './session-sound.ts';
import { mergeSpans, segmentsOf } from './timeline.ts';
import type { Source } from './weave.ts';

interface Tools extends Pick<Deps, 'db' | 'log'> {
	files: RecordingFiles;
	ffmpeg: string | null;
	signal: AbortSignal;
}

const PROGRESS_EVERY_MS = 2000;

/**
 * Makes the copy that is played, if there is none of the facts as they are now, and removes older
 * copies. Without ffmpeg the original is all there is. A copy that cannot be made is written down
 * at the recording; the original stays.
 */
export async function prepareRecording(given: Recording, tools: Tools): Promise<void> {
	const key = { engagementId: given.engagement_id, recordingId: given.id };
	// It may have been deleted while others were worked on.
	const recording = await findRecording(tools.db, key);
	if (!recording || !isHere(recording)) {
		return;
	}
	const merge = await readMerge(tools.db, recording);
	await removeStale(tools.files, key, { merge, isMaking: false });
	if (tools.ffmpeg === null) {
		await updateRecording(tools.db, key, { status: 'ready', progress: 0 });
		return;
	}
	if (await isMade(tools.files, key, merge)) {
		if (recording.status === 'received') {
			await updateRecording(tools.db, key, { status: 'ready', progress: 100 });
		}
		return;
	}
	try {
		await makeCopy(tools.ffmpeg, { recording, merge, tools });
	} catch (error) {
		if (tools.signal.aborted) {
			return;
		}
		tools.log.warn({ recording: recording.id, err: error }, 'a recording could not be prepared');
		const problem =
			'No sound could be read from this file. It is kept as it came; a file from another recorder can take its place.';
		await updateRecording(tools.db, key, { status: 'failed', problem });
	}
}

/**
 * Removes copies made of other facts than those there are now: nobody is sent them, and they may
 * hold what was deleted.
 * @param options.isMaking whether a copy may be in the making, which is left alone.
 */
export async function removeStale(
	files: RecordingFiles,
	key: RecordingKey,
	{ merge, isMaking }: { merge: Merge; isMaking: boolean },
): Promise<void> {
	const paths = [files.playable(key, merge), files.peaks(key, merge), files.heard(key, merge)];
	const kept = new Set(['original', ...paths.map((path) => basename(path))]);
	await removeOthers(
		files.folderOf(key),
		(name) => kept.has(name) || (isMaking && name.endsWith('.part')),
	);
}

async function readMerge(db: Tools['db'], recording: Recording): Promise<Merge> {
	const { engagement_id: engagementId, session_id: sessionId } = recording;
	return mergeOf(recording, await readSessionSound(db, { engagementId, sessionId }));
}

async function isMade(files: RecordingFiles, key: RecordingKey, merge: Merge): Promise<boolean> {
	const paths = [files.playable(key, merge), files.peaks(key, merge)];
	if (merge.fills.length > 0) {
		paths.push(files.heard(key, merge));
	}
	const sizes = await Promise.all(paths.map(sizeOf));
	return sizes.every((size) => size !== null);
}

interface Copy {
	recording: Recording;
	merge: Merge;
	tools: Tools;
}

async function makeCopy(ffmpeg: string, { recording, merge, tools }: Copy): Promise<void> {
	const { db, files, log } = tools;
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const own = sourceOf(recording, { files, silenced: silencedOf(recording, merge.cuts) });
	const others = merge.fills.map((fill) => sourceOf(fill.recording, { files, ...fill }));
	const ends = [own, ...others].map(({ segments }) => segments.at(-1)?.endMs ?? null);
	const expectedMs = Math.max(...ends.map((end) => end ?? 0));
	const [playable, peaks, heard] = [
		files.playable(key, merge),
		files.peaks(key, merge),
		files.heard(key, merge),
	];
	const parts = {
		playable: unfinished(playable),
		peaks: unfinished(peaks),
		heard: unfinished(heard),
	};
	try {
		const made = await prepareAudio(ffmpeg, {
			sources: [own, ...others],
			to: parts.playable,
			signal: tools.signal,
			onProgress: everySoOften((ms) => {
				const progress = expectedMs === 0 ? 0 : Math.min(99, Math.floor((100 * ms) / expectedMs));
				updateRecording(db, key, { progress }).catch((error: unknown) =>
					log.warn({ err: error }, 'progress was not stored'),
				);
			}),
		});
		// What was deleted meanwhile is in it: the next look makes another.
		if (!(await isStill(tools, { recording, merge }))) {
			return;
		}
		const ids = [recording.id, ...merge.fills.map((fill) => fill.recording.id)];
		const stretches = made.heard.map(({ source, startMs, endMs }) => ({
			recordingId: ids[source],
			startMs,
			endMs,
		}));
		await writeFile(parts.heard, JSON.stringify(stretches), { mode: 0o600 });
		await writeFile(parts.peaks, made.peaks, { mode: 0o600 });
		await settle(parts.heard, heard);
		await settle(parts.peaks, peaks);
		await settle(parts.playable, playable);
		await updateRecording(db, key, {
			status: 'ready',
			progress: 100,
			duration_ms: made.durationMs,
			problem:
				made.unreadable === 0
					? null
					: `${made.unreadable} of ${own.segments.length} parts held no sound that could be read.`,
		});
	} finally {
		for (const part of Object.values(parts)) {
			await rm(part, { force: true });
		}
	}
}

/** Whether a copy would be made of the same facts now. */
async function isStill(
	{ db }: Tools,
	{ recording, merge }: Pick<Copy, 'recording' | 'merge'>,
): Promise<boolean> {
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const now = await findRecording(db, key);
	return (
		now !== undefined &&
		isHere(now) &&
		(await readMerge(db, now)).facts.join() === merge.facts.join()
	);
}

/** A recording as a copy takes it, in the time of the copy. */
function sourceOf(
	recording: Recording,
	given: {
		files: RecordingFiles;
		silenced?: Source['silenced'];
		closed?: Source['closed'];
		shiftMs?: number;
	},
): Source {
	const { files, silenced = [], closed = [], shiftMs = 0 } = given;
	const { manifest, offset_ms: offsetMs, bytes } = recording;
	const segments = segmentsOf(manifest, { offsetMs, bytes: bytes ?? 0 });
	return {
		original: files.original({ engagementId: recording.engagement_id, recordingId: recording.id }),
		segments: segments.map((segment) => ({
			...segment,
			startMs: segment.startMs + shiftMs,
			endMs: segment.endMs === null ? null : segment.endMs + shiftMs,
		})),
		silenced,
		closed,
	};
}

/** The cuts, and whatever a recorder heard before the session began. */
function silencedOf(recording: Recording, cuts: Merge['cuts']) {
	const spans = cuts.map((cut) => ({ startMs: cut.start_ms, endMs: cut.end_ms }));
	if (recording.offset_ms < 0) {
		spans.push({ startMs: 0, endMs: -recording.offset_ms });
	}
	return mergeSpans(spans);
}

function everySoOften(report: (ms: number) => void): (ms: number) => void {
	let last = performance.now();
	return (ms) => {
		const now = performance.now();
		if (now - last >= PROGRESS_EVERY_MS) {
			last = now;
			report(ms);
		}
	};
}
