/** What a key does in the list of turns. */
export type KeyAction =
	| { type: 'speaker'; place: number }
	| {
			type:
				| 'facilitator'
				| 'nobody'
				| 'room'
				| 'next'
				| 'previous'
				| 'edit'
				| 'play'
				| 'back'
				| 'playTurn'
				| 'unclear'
				| 'prompt'
				| 'merge'
				| 'delete'
				| 'undo'
				| 'redo'
				| 'undecided'
				| 'accept'
				| 'acceptAll'
				| 'reject'
				| 'unassigned'
				| 'spanStart'
				| 'spanEnd'
				| 'spanTurn'
				| 'help';
	  };

/** What a key does while the words of a turn are written. */
export type WritingAction =
	'save' | 'leave' | 'split' | 'hide' | 'spanStart' | 'spanEnd' | 'play' | 'back';

export interface Press {
	key: string;
	code: string;
	shiftKey: boolean;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
}

const SINGLE: Readonly<Record<string, Exclude<KeyAction['type'], 'speaker'>>> = {
	arrowdown: 'next',
	j: 'next',
	arrowup: 'previous',
	k: 'previous',
	enter: 'edit',
	' ': 'play',
	b: 'back',
	p: 'playTurn',
	u: 'unclear',
	q: 'prompt',
	m: 'merge',
	delete: 'delete',
	x: 'delete',
	z: 'undo',
	r: 'undecided',
	y: 'accept',
	n: 'reject',
	g: 'unassigned',
	'0': 'facilitator',
	'-': 'nobody',
	w: 'room',
	'[': 'spanStart',
	']': 'spanEnd',
	e: 'spanTurn',
	'?': 'help',
};

/**
 * What a key press means while a turn has the focus, or null when it is not ours. Single keys work
 * in the list alone (WCAG 2.1.4).
 */
export function actionOf(press: Press): KeyAction | null {
	const key = press.key.toLowerCase();
	if (press.ctrlKey || press.metaKey) {
		return key === 'z' && !press.altKey ? { type: press.shiftKey ? 'redo' : 'undo' } : null;
	}
	if (press.altKey) {
		return null;
	}
	if (press.shiftKey && key === 'z') {
		return { type: 'redo' };
	}
	if (press.shiftKey && key === 'y') {
		return { type: 'acceptAll' };
	}
	// Where digits need Shift, as on French keyboards, the place of the key counts.
	const digit = /^[1-9]$/.test(key) ? key : /^Digit([1-9])$/.exec(press.code)?.[1];
	const type = SINGLE[key];
	if (type !== undefined) {
		return { type };
	}
	return digit === undefined ? null : { type: 'speaker', place: Number(digit) };
}

/** What a key press means while words are written. Letters are letters there. */
export function writingActionOf(press: Press): WritingAction | null {
	const isCommand = press.ctrlKey || press.metaKey;
	switch (press.code) {
		case 'Enter':
		case 'NumpadEnter':
			return isCommand ? 'split' : 'save';
		case 'Escape':
			return 'leave';
		case 'Space':
			return isCommand ? 'play' : null;
		case 'KeyB':
			return press.altKey ? 'back' : null;
		case 'KeyR':
			return press.altKey ? 'hide' : null;
		case 'BracketLeft':
			return press.altKey ? 'spanStart' : null;
		case 'BracketRight':
			return press.altKey ? 'spanEnd' : null;
		default:
			return null;
	}
}
