import { labelOf, speakersAmong } from './labels.ts';
import type { Reading } from './transcript.ts';

/** Captions that name the speaker in their words ('Name: words') get a speaker instead; those that mark voices name nobody in the words. */
export function takeLabels(reading: Reading): void {
	if (reading.cues.some(({ speaker }) => speaker !== null)) {
		return;
	}
	const labelled = reading.cues.flatMap((cue) => {
		const label = labelOf(cue.text);
		return label === null ? [] : [{ cue, label }];
	});
	const speakers = speakersAmong(
		labelled.map(({ label }) => label.speaker),
		{ lines: reading.cues.length, isCaption: true },
	);
	for (const { cue, label } of labelled) {
		if (speakers.has(label.speaker) && label.rest !== '') {
			cue.speaker = label.speaker;
			cue.text = label.rest;
		}
	}
}
