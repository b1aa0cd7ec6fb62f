const RATE = 8000;

/**
 * A WAV file of eight bits, one channel, 8,000 samples a second.
 * @param hertz of a tone; silence when there is none.
 */
export function wavOf(seconds: number, { hertz = 0 } = {}): Buffer {
	const samples = RATE * seconds;
	const wav = Buffer.alloc(44 + samples, 128);
	wav.write('RIFF', 0, 'latin1');
	wav.writeUInt32LE(36 + samples, 4);
	wav.write('WAVEfmt ', 8, 'latin1');
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20);
	wav.writeUInt16LE(1, 22);
	wav.writeUInt32LE(RATE, 24);
	wav.writeUInt32LE(RATE, 28);
	wav.writeUInt16LE(1, 32);
	wav.writeUInt16LE(8, 34);
	wav.write('data', 36, 'latin1');
	wav.writeUInt32LE(samples, 40);
	for (let at = 0; hertz > 0 && at < samples; at += 1) {
		wav[44 + at] = 128 + Math.round(80 * Math.sin((2 * Math.PI * hertz * at) / RATE));
	}
	return wav;
}
