import type { SeatView } from '@throughline/api/client';
import type { KeyAction } from './keys.ts';
import type { Player } from './player.svelte.ts';
import type { TranscriptEditor } from './transcript-editor.svelte.ts';

interface At {
	editor: TranscriptEditor;
	player: Player | null;
	seats: readonly SeatView[];
	/** Where the keys are explained. */
	help: HTMLElement | undefined;
}

/** Does what a key stands for. */
export function act(action: KeyAction, { editor, player, seats, help }: At): void {
	const turn = editor.active;
	switch (action.type) {
		case 'next':
			return void editor.move(1);
		case 'previous':
			return void editor.move(-1);
		case 'undo':
		case 'redo':
			return void editor.step(action.type);
		case 'undecided':
		case 'unassigned':
			return void editor.goToNext(action.type);
		case 'play':
			return player?.toggle();
		case 'back':
			return player?.back(3);
		case 'help':
			return help?.focus();
		default:
	}
	if (!turn) {
		return;
	}
	const length = [...turn.text].length;
	switch (action.type) {
		case 'playTurn':
			return player?.playStretch(turn);
		case 'edit':
			return editor.write(turn.text);
		case 'spanStart':
			editor.spanStart = { turnId: turn.id, at: 0 };
			return;
		case 'spanEnd':
			return editor.spanStart
				? void editor.mark(editor.spanStart, { turnId: turn.id, at: length })
				: undefined;
		case 'spanTurn':
			return void editor.mark({ turnId: turn.id, at: 0 }, { turnId: turn.id, at: length });
		default:
	}
	if (!editor.isDraftStatus) {
		return;
	}
	switch (action.type) {
		case 'accept':
			return void editor.decide('accepted', { isForAll: false });
		case 'acceptAll':
			return void editor.decide('accepted', { isForAll: true });
		case 'reject':
			return void editor.decide('rejected', { isForAll: false });
		case 'unclear':
			return editor.saving.change(turn, { kind: 'unclear', isUnclear: !turn.isUnclear });
		case 'prompt':
			editor.isChoosingPrompt = turn.kind === 'speech' && !turn.isTakenBack;
			return;
		case 'merge':
			return void editor.changeThere(turn, { kind: 'merge' });
		case 'delete':
			return void editor.remove(turn);
		case 'facilitator':
		case 'nobody':
		case 'room':
			if (action.type === 'room' && editor.view.source !== 'notes') {
				return;
			}
			return editor.saving.change(turn, { kind: 'seat', speaker: action.type });
		case 'speaker': {
			const seat = seats[action.place - 1];
			if (seat && turn.kind === 'speech') {
				editor.saving.change(turn, { kind: 'seat', speaker: seat.id });
			}
		}
	}
}
