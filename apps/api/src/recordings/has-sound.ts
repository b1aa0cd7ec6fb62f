import type { Recording } from '@throughline/db/queries/recording';
import { decode } from './ffmpeg.ts';
import { segmentsOf } from './timeline.ts';

const SECONDS = 2;
const LONGEST_MS = 20_000;
/** So many segments are tried before a recording is called unreadable. */
const MOST_TRIES = 5;

/** Whether ffmpeg finds sound at the beginning of a recording, or of one of its segments. */
export async function hasSound(
	ffmpeg: string,
	path: string,
	{ manifest, offset_ms: offsetMs }: Pick<Recording, 'manifest' | 'offset_ms'>,
	bytes: number,
): Promise<boolean> {
	for (const span of segmentsOf(manifest, { offsetMs, bytes }).slice(0, MOST_TRIES)) {
		const signal = AbortSignal.timeout(LONGEST_MS);
		const { samples } = decode(ffmpeg, { path, span, seconds: SECONDS, signal });
		let found = 0;
		for await (const chunk of samples) {
			found += chunk.length;
		}
		if (found > 0) {
			return true;
		}
	}
	return false;
}
