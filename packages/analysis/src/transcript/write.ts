import { clockOf } from './clock.ts';
import { escapeCueText, oneLine } from './cue-text.ts';
import type { Cue } from './transcript.ts';

/**
 * A transcript as WebVTT, speakers as voices. `readTranscript` gives the same cues again.
 * {@link https://www.w3.org/TR/webvtt1/}
 *
 * @example writeWebVtt([{ startMs: 1000, endMs: 2500, speaker: 'Voice A', text: 'No.' }])
 * // 'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Voice A>No.\n'
 */
export function writeWebVtt(cues: readonly Cue[]): string {
	const blocks = cues.map(({ startMs, endMs, speaker, text }) => {
		const voice = speaker === null ? '' : `<v ${escapeCueText(oneLine(speaker))}>`;
		return `\n${clockOf(startMs)} --> ${clockOf(endMs)}\n${voice}${escapeCueText(oneLine(text))}\n`;
	});
	return `WEBVTT\n${blocks.join('')}`;
}

/**
 * A transcript as SRT, the speaker before the words.
 *
 * @example writeSrt([{ startMs: 1000, endMs: 2500, speaker: null, text: 'No.' }])
 * // '1\n00:00:01,000 --> 00:00:02,500\nNo.\n'
 */
export function writeSrt(cues: readonly Cue[]): string {
	const blocks = cues.map(({ startMs, endMs, speaker, text }, index) => {
		const times = `${clockOf(startMs)} --> ${clockOf(endMs)}`.replaceAll('.', ',');
		const words = speaker === null ? text : `${speaker}: ${text}`;
		return `${index + 1}\n${times}\n${escapeCueText(oneLine(words))}\n`;
	});
	return blocks.join('\n');
}
