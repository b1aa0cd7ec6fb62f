declare module 'compression' {
	import type { IncomingMessage, ServerResponse } from 'node:http';
	import type { BrotliOptions, ZlibOptions } from 'node:zlib';

	type Middleware = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

	interface Compression {
		(
			options?: ZlibOptions & {
				threshold?: number | string;
				brotli?: BrotliOptions;
				filter?: (req: IncomingMessage, res: ServerResponse) => boolean;
			},
		): Middleware;
		/** True when the response's content type gains from compression. */
		filter(req: IncomingMessage, res: ServerResponse): boolean;
	}

	const compression: Compression;
	export default compression;
}
