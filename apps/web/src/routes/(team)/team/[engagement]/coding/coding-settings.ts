/** How a coder likes to work, kept in a cookie of the team pages. */
export interface CodingSettings {
	/** Stop after each decision and show the suggestions for it. */
	isPausing: boolean;
	/** Single keys choose themes while the coding panel has the focus. */
	hasKeys: boolean;
}

export const settingsCookie = 'coding';

/** Reads `compare=1&keys=0`; both are on unless switched off. */
export function readSettings(cookie: string | undefined): CodingSettings {
	const values = new URLSearchParams(cookie ?? '');
	return { isPausing: values.get('compare') !== '0', hasKeys: values.get('keys') !== '0' };
}

export function writeSettings({ isPausing, hasKeys }: CodingSettings): string {
	return new URLSearchParams({
		compare: isPausing ? '1' : '0',
		keys: hasKeys ? '1' : '0',
	}).toString();
}
