import type { ThemeView } from '@throughline/api/client';

/** What a key does on the coder's desk. */
export type KeyAction =
	| { type: 'theme'; themeId: string }
	| { type: 'enter' | 'none' | 'undo' | 'redo' | 'next' | 'disagreement' | 'help' };

interface Press {
	key: string;
	code: string;
	shiftKey: boolean;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
}

/**
 * What a key press means, or null when it is not ours. Ctrl or Cmd with Z undoes always; single
 * keys only where they are switched on (WCAG 2.1.4).
 */
export function actionOf(
	press: Press,
	{ themes, hasKeys }: { themes: readonly ThemeView[]; hasKeys: boolean },
): KeyAction | null {
	const key = press.key.toLowerCase();
	if (press.ctrlKey || press.metaKey) {
		return key === 'z' && !press.altKey ? { type: press.shiftKey ? 'redo' : 'undo' } : null;
	}
	if (press.altKey || !hasKeys) {
		return null;
	}
	switch (key) {
		case '?':
			return { type: 'help' };
		case 'u':
			return { type: press.shiftKey ? 'redo' : 'undo' };
		case 'j':
			return { type: 'next' };
		case 'd':
			return { type: 'disagreement' };
		case 'n':
			return { type: 'none' };
	}
	// Where digits need Shift, as on French keyboards, the place of the key counts.
	const digit = /^Digit(\d)$/.exec(press.code)?.[1];
	const theme =
		themes.find(({ shortcut }) => shortcut === key) ??
		themes.find(({ shortcut }) => digit !== undefined && shortcut === digit);
	return theme ? { type: 'theme', themeId: theme.id } : null;
}
