/** The kinds of file that are taken, told by their first bytes; what they call themselves is no proof. */
export type AudioMime =
	| 'audio/webm'
	| 'audio/mp4'
	| 'audio/ogg'
	| 'audio/wav'
	| 'audio/mpeg'
	| 'audio/aac'
	| 'audio/flac'
	| 'audio/x-caf'
	| 'audio/amr';

/** So many bytes are enough to tell. */
export const HEAD_BYTES = 16;

/**
 * What a file is, by its first bytes; null for none that is taken. Pictures and films in the same
 * containers are found out when the sound is read.
 * @see https://en.wikipedia.org/wiki/List_of_file_signatures
 */
export function audioMimeOf(head: Uint8Array): AudioMime | null {
	const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1');
	if (text.startsWith('\x1a\x45\xdf\xa3')) {
		return 'audio/webm';
	}
	if (text.slice(4, 8) === 'ftyp') {
		return 'audio/mp4';
	}
	if (text.startsWith('OggS')) {
		return 'audio/ogg';
	}
	if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') {
		return 'audio/wav';
	}
	if (text.startsWith('fLaC')) {
		return 'audio/flac';
	}
	if (text.startsWith('caff')) {
		return 'audio/x-caf';
	}
	if (text.startsWith('#!AMR')) {
		return 'audio/amr';
	}
	return mpegOf(head, text);
}

function mpegOf(head: Uint8Array, text: string): AudioMime | null {
	if (text.startsWith('ID3')) {
		return 'audio/mpeg';
	}
	const [first = 0, second = 0] = head;
	if (first !== 0xff) {
		return null;
	}
	// ADTS has its layer bits at zero; MPEG audio of layers I to III has not.
	if ((second & 0xf6) === 0xf0) {
		return 'audio/aac';
	}
	return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 ? 'audio/mpeg' : null;
}
