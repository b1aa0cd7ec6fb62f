/** Says in words why a port could not be listened on, and what to do about it. */
export function describeListenError(
	error: NodeJS.ErrnoException,
	{ port, host }: { port: number; host: string },
): Error {
	const message = wordsFor(error.code, { port, host });
	return message === null ? error : new Error(message, { cause: error });
}

function wordsFor(
	code: string | undefined,
	{ port, host }: { port: number; host: string },
): string | null {
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${port} is taken by another program, perhaps by a Throughline that still runs. Stop it, or choose another port: PORT=${port + 1} npm start`;
		case 'EACCES':
			return `This user may not listen on port ${port}. Choose one above 1023, e.g. PORT=4310, and put a reverse proxy in front for 80 or 443.`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `HOST=${host} is not an address of this machine. Use 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is in.`;
		default:
			return null;
	}
}
