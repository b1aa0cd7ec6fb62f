import { oneLine } from './cue-text.ts';
import { isNameLike } from './labels.ts';
import { type LineKind, kindOf, type NumberedLine, type Times } from './text-lines.ts';
import { nameOf, styleOf, type TextStyle } from './text-style.ts';
import { emptyReading, type ReadCue, type Reading } from './transcript.ts';
import { countFromTheFirst, HOUR } from './wall-clock.ts';

/**
 * Text a person or a service wrote: labels ('Voice A: words'), times before them, headers above the
 * words ('Voice A  0:03' as Otter and Teams write, '00:00:03 Voice A' as Word does, '[Voice A]
 * 10:04:11' as Zoom's captions do). What the lines are is decided over the whole file: a colon makes
 * a speaker only where that is how the file is written.
 */
export function readText(lines: readonly NumberedLine[]): Reading {
	const known = lines
		.map(({ text, line }) => ({ kind: kindOf(text), line, text }))
		.filter(({ kind }) => kind.type !== 'blank');
	const reader = new TextReader(styleOf(known.map(({ kind }) => kind)));
	for (const { kind, line, text } of known) {
		reader.take(kind, { line, text });
	}
	return reader.finish();
}

/** Services that sign their exports, and lines that say what the recorder did. */
const SIGNATURE = /^Transcribed by https?:\/\/otter\.ai/;
const RECORDER = / (?:started|stopped) (?:transcription|recording)\.?$/;

function isNotSaid(text: string): boolean {
	return SIGNATURE.test(text) || (text.length < 120 && RECORDER.test(text));
}

type OpenCue = ReadCue & { parts: string[] };
type Beginning = { time: Times | null; speaker: string | null; words: string; line: number };

class TextReader {
	readonly #reading = emptyReading();
	readonly #style: TextStyle;
	#open: OpenCue | null = null;
	#bracketed = 0;

	constructor(style: TextStyle) {
		this.#style = style;
	}

	take(kind: LineKind, { line, text }: NumberedLine): void {
		if (kind.type === 'words' || !this.#style.hasTimes) {
			this.#words(kind.type === 'words' ? kind : { text: text.trim(), label: null }, line);
			return;
		}
		switch (kind.type) {
			case 'time':
				this.#begin({ time: kind.time, speaker: null, words: '', line });
				return;
			case 'header':
				this.#bracketed += kind.isBracketed ? 1 : 0;
				this.#begin({ time: kind.time, speaker: kind.speaker, words: kind.rest, line });
				return;
			case 'timed':
				this.#timed(kind, line);
				return;
			default:
		}
	}

	finish(): Reading {
		this.#close();
		const isZoom = this.#bracketed > 0 && this.#bracketed >= this.#reading.cues.length;
		countFromTheFirst(this.#reading, isZoom ? HOUR : 5 * HOUR);
		return this.#reading;
	}

	#timed({ time, rest, label }: LineKind & { type: 'timed' }, line: number): void {
		if (this.#style.hasNameAfterTime && isNameLike(nameOf(rest))) {
			this.#begin({ time, speaker: nameOf(rest), words: '', line });
			return;
		}
		const known = label !== null && this.#style.speakers.has(label.speaker) ? label : null;
		this.#begin({ time, speaker: known?.speaker ?? null, words: known?.rest ?? rest, line });
	}

	#words({ text, label }: Omit<LineKind & { type: 'words' }, 'type'>, line: number): void {
		const { speakers, hasHeaders, hasNameBelowTime, hasTimes } = this.#style;
		const isWaiting = this.#open?.speaker === null && this.#open.parts.length === 0;
		const known = label !== null && speakers.has(label.speaker) ? label : null;
		if (isNotSaid(text)) {
			this.#reading.dropped.push({ line, why: 'Written by the service, not said.' });
		} else if (isWaiting && hasNameBelowTime && isNameLike(nameOf(text))) {
			this.#name(nameOf(text), '');
		} else if (isWaiting && known !== null) {
			this.#name(known.speaker, known.rest);
		} else if (known !== null && !hasHeaders) {
			this.#begin({ time: null, speaker: known.speaker, words: known.rest, line });
		} else if (this.#open !== null) {
			this.#open.parts.push(text);
		} else if (hasTimes || speakers.size > 0) {
			this.#reading.dropped.push({ line, why: 'A heading: it stands before anybody speaks.' });
		} else {
			this.#keep({ startMs: null, endMs: null, speaker: null, text: oneLine(text), line });
		}
	}

	/** Who speaks stands below the time. */
	#name(speaker: string, words: string): void {
		if (this.#open !== null) {
			this.#open.speaker = speaker;
			this.#open.parts.push(words);
		}
	}

	#begin({ time, speaker, words, line }: Beginning): void {
		this.#close();
		if (time !== null && time.problem !== null) {
			const message = `${time.problem}. Put the time right; the words were kept.`;
			this.#reading.problems.push({ line, message });
		}
		const { startMs = null, endMs = null } = time ?? {};
		this.#open = { startMs, endMs, speaker, text: '', line, parts: [words] };
		if (words === '') {
			this.#open.parts = [];
		}
	}

	#close(): void {
		if (this.#open !== null) {
			const { parts, ...cue } = this.#open;
			this.#keep({ ...cue, text: oneLine(parts.filter((part) => part !== '').join('\n')) });
			this.#open = null;
		}
	}

	#keep(cue: ReadCue): void {
		if (cue.text === '') {
			this.#reading.dropped.push({ line: cue.line, why: 'A speaker or a time without words.' });
		} else {
			this.#reading.cues.push(cue);
		}
	}
}
