/**
 * What a seat is called, in the order seats were set up: 'Voice A' to 'Voice Z', then 'Voice AA'.
 * @param position from 1.
 */
export function seatLabel(position: number): string {
	return `Voice ${letters(position)}`;
}

function letters(n: number): string {
	return n <= 0 ? '' : letters(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + ((n - 1) % 26));
}
