import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loaded into the server of the journeys: while its data folder has a file `refuse`, requests of pages
 * to the API that match the pattern in it (`PUT /api/student/`) are refused as the API refuses
 * them when its queue is full, with a wait of two seconds.
 */
const API = Symbol.for('throughline.api');
const file = join(process.env['DATA_DIR'] ?? '', 'refuse');
const define = Object.defineProperty;

/** @param {Request} request */
function isRefused({ method, url }) {
	return (
		existsSync(file) &&
		new RegExp(readFileSync(file, 'utf8')).test(`${method} ${new URL(url).pathname}`)
	);
}

function refusal() {
	const error = { code: 'server_busy', message: 'Many people are sending at this moment.' };
	return Response.json({ error }, { status: 503, headers: { 'retry-after': '2' } });
}

// The pages get the API as a property of their request (apps/api/src/server/hand-over.ts).
Object.defineProperty = (target, name, property) => {
	if (name !== API) {
		return define(target, name, property);
	}
	/** @param {Request} request */
	const value = (request) =>
		isRefused(request) ? Promise.resolve(refusal()) : property.value(request);
	return define(target, name, { value });
};
