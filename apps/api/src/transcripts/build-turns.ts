import type { Transcript } from '@throughline/analysis/transcript';
import type { TurnState } from '@throughline/db/queries/turn';
import { missingWords, oneLine, type Speaker, speakerState } from './apply-edit.ts';

/** A stretch of the session, on its own clock. */
export interface Stretch {
	startMs: number;
	endMs: number;
}

export interface BuildOptions {
	/** Whose words stand under a label. */
	speakerOf: (label: string | null) => Speaker;
	/** Put on every time of the file. */
	offsetMs: number;
	/** Seats whose words may not be kept. */
	notAllowed: readonly string[];
	/** What the group asked to have deleted. */
	deleted: readonly Stretch[];
	prompts: readonly (Stretch & { key: string })[];
	newId: () => string;
}

export interface BuiltTurns {
	turns: TurnState[];
	/** The cue each turn was made of; null for missing stretches. */
	cues: (number | null)[];
	askedToDelete: number;
	notAllowed: number;
	missing: number;
}

/** The turns of a file that was read: its cues on the session's clock, and what is missing. */
export function buildTurns(
	{ cues, missing, hasTimes }: Pick<Transcript, 'cues' | 'missing' | 'hasTimes'>,
	options: BuildOptions,
): BuiltTurns {
	const counts = { askedToDelete: 0, notAllowed: 0, missing: 0 };
	const made: { turn: TurnState; cue: number | null }[] = [];
	const onClock = (ms: number) => Math.max(0, Math.round(ms + (hasTimes ? options.offsetMs : 0)));
	cues.forEach((cue, index) => {
		const at = { startMs: onClock(cue.startMs), endMs: onClock(cue.endMs) };
		const text = oneLine(cue.text);
		const speaker = options.speakerOf(cue.speaker);
		if (text === '') {
			return;
		}
		if (hasTimes && options.deleted.some((stretch) => isOver(stretch, at))) {
			counts.askedToDelete += 1;
			return;
		}
		if (options.notAllowed.includes(speaker)) {
			counts.notAllowed += 1;
			return;
		}
		const promptKey = hasTimes ? promptAt(options.prompts, at.startMs) : null;
		const turn = {
			...emptyTurn(options.newId()),
			...at,
			...speakerState(speaker),
			promptKey,
			text,
		};
		made.push({ turn, cue: index });
	});
	for (const stretch of hasTimes ? missing : []) {
		const at = { startMs: onClock(stretch.startMs), endMs: onClock(stretch.endMs) };
		const text = missingWords(at.startMs, at.endMs);
		counts.missing += 1;
		made.push({ turn: { ...emptyTurn(options.newId()), ...at, kind: 'missing', text }, cue: null });
	}
	if (hasTimes) {
		made.sort((one, other) => one.turn.startMs - other.turn.startMs);
	}
	return {
		...counts,
		turns: made.map(({ turn }, index) => ({ ...turn, position: index + 1 })),
		cues: made.map(({ cue }) => cue),
	};
}

/** The prompt that was on the table at a time; null before the first. */
export function promptAt(prompts: BuildOptions['prompts'], ms: number): string | null {
	return prompts.findLast(({ startMs }) => startMs <= ms)?.key ?? null;
}

export function emptyTurn(id: string): TurnState {
	return {
		id,
		position: 0,
		startMs: 0,
		endMs: 0,
		kind: 'speech',
		seatId: null,
		isFacilitator: false,
		isNobodys: false,
		promptKey: null,
		text: '',
		isUnclear: false,
		note: null,
		isRooms: false,
	};
}

export function isOver(one: Stretch, other: Stretch): boolean {
	return one.startMs < Math.max(other.endMs, other.startMs + 1) && other.startMs < one.endMs;
}
