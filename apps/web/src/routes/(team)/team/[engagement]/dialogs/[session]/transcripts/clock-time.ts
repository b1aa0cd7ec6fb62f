/** A time of a session: '7:05', '1:12:09'. */
export function clockTime(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0
		? `${hours}:${two(minutes)}:${two(seconds % 60)}`
		: `${minutes}:${two(seconds % 60)}`;
}

/** '1:12:09.5' back in milliseconds; null when it is no time. */
export function parseClockTime(text: string): number | null {
	const match = /^\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d{1,3})?)\s*$/.exec(text);
	if (!match) {
		return null;
	}
	const [, hours = '0', minutes = '0', seconds = '0'] = match;
	const inAll = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
	return Math.round(inAll * 1000);
}
