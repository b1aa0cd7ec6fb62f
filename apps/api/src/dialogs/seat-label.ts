/**
 * What a seat is called: 'Voice A' to 'Voice Z', then 'Voice AA'.
 * @param position from 0.
 */
export function seatLabel(position: number): string {
	return `Voice ${letters(position)}`;
}

function letters(position: number): string {
	const last = String.fromCharCode(65 + (position % 26));
	return position < 26 ? last : letters(Math.floor(position / 26) - 1) + last;
}
