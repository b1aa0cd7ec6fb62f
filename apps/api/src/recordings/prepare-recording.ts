import {
	findRecording,
	listCuts,
	type Recording,
	updateRecording,
} from '@throughline/db/queries/recording';
import { rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Deps } from '../deps.ts';
import { prepareAudio } from './prepare-audio.ts';
import {
	type RecordingFiles,
	removeOthers,
	settle,
	sizeOf,
	unfinished,
} from './recording-files.ts';
import { mergeSpans, segmentsOf } from './timeline.ts';

interface Tools extends Pick<Deps, 'db' | 'log'> {
	files: RecordingFiles;
	ffmpeg: string | null;
	signal: AbortSignal;
}

const PROGRESS_EVERY_MS = 2000;

/**
 * Makes the copy that is played, if there is none of the cuts as they are now, and removes older
 * copies. Without ffmpeg the original is all there is. A copy that cannot be made is written down
 * at the recording; the original stays.
 */
export async function prepareRecording(given: Recording, tools: Tools): Promise<void> {
	const key = { engagementId: given.engagement_id, recordingId: given.id };
	// It may have been deleted while others were worked on.
	const recording = await findRecording(tools.db, key);
	if (!recording || (recording.status !== 'received' && recording.status !== 'ready')) {
		return;
	}
	if (tools.ffmpeg === null) {
		await updateRecording(tools.db, key, { status: 'ready', progress: 0 });
		return;
	}
	const cuts = await listCuts(tools.db, key);
	const playable = tools.files.playable(key, cuts);
	const peaks = tools.files.peaks(key, cuts);
	if ((await sizeOf(playable)) !== null && (await sizeOf(peaks)) !== null) {
		if (recording.status === 'received') {
			await updateRecording(tools.db, key, { status: 'ready', progress: 100 });
		}
		return;
	}
	try {
		await makeCopy(tools.ffmpeg, { recording, cuts, playable, peaks, tools });
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

interface Copy {
	recording: Recording;
	cuts: Awaited<ReturnType<typeof listCuts>>;
	playable: string;
	peaks: string;
	tools: Tools;
}

async function makeCopy(
	ffmpeg: string,
	{ recording, cuts, playable, peaks, tools }: Copy,
): Promise<void> {
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const segments = segmentsOf(recording.manifest, {
		offsetMs: recording.offset_ms,
		bytes: recording.bytes ?? 0,
	});
	const expectedMs = segments.at(-1)?.endMs ?? null;
	const part = unfinished(playable);
	const peaksPart = unfinished(peaks);
	try {
		const made = await prepareAudio(ffmpeg, {
			original: tools.files.original(key),
			segments,
			silenced: silencedOf(recording, cuts),
			to: part,
			signal: tools.signal,
			onProgress: everySoOften((ms) => {
				const share = expectedMs === null ? 0 : ms / Math.max(1, expectedMs);
				const progress = Math.min(99, Math.floor(share * 100));
				updateRecording(tools.db, key, { progress }).catch((error: unknown) =>
					tools.log.warn({ err: error }, 'progress was not stored'),
				);
			}),
		});
		await writeFile(peaksPart, made.peaks, { mode: 0o600 });
		await settle(peaksPart, peaks);
		await settle(part, playable);
		const kept = new Set(['original', basename(playable), basename(peaks)]);
		await removeOthers(tools.files.folderOf(key), (name) => kept.has(name));
		await updateRecording(tools.db, key, {
			status: 'ready',
			progress: 100,
			duration_ms: made.durationMs,
			problem:
				made.unreadable === 0
					? null
					: `${made.unreadable} of ${segments.length} parts held no sound that could be read.`,
		});
	} finally {
		await rm(part, { force: true });
		await rm(peaksPart, { force: true });
	}
}

/** The cuts, and whatever a recorder heard before the session began. */
function silencedOf(recording: Recording, cuts: Copy['cuts']) {
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
