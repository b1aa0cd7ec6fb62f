import { createHash } from 'node:crypto';
import {
	findDeviceByToken,
	noteDeviceSeen,
	type ProjectDevice,
} from '@throughline/db/queries/project-device';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from '../http/context.ts';

/** The header in which a tablet of the project says which one it is. */
const DEVICE_HEADER = 'x-throughline-device';

/** What is stored of a token: it is random and long, so a plain hash is enough. */
export function hashDeviceToken(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}

/**
 * The tablet that sent the request. Sessions are run, and sound is sent, from tablets of the
 * project alone.
 * @throws AppError 401 `device_unknown` without a token that was given out here, 401
 * `device_revoked` for a tablet that was taken out of use: it then forgets what it holds.
 */
export async function deviceOf(
	deps: Pick<Deps, 'db' | 'clock'>,
	c: AppContext,
	engagementId: string,
): Promise<ProjectDevice> {
	const token = c.req.header(DEVICE_HEADER) ?? '';
	const tokenHash = hashDeviceToken(token);
	const device =
		token === '' ? undefined : await findDeviceByToken(deps.db, { engagementId, tokenHash });
	if (!device) {
		throw new AppError(
			'device_unknown',
			401,
			'This device is not one of the project. Set it up on the page of your sessions.',
		);
	}
	if (device.revokedAt) {
		throw new AppError(
			'device_revoked',
			401,
			'This device was taken out of use. What it holds can no longer be read or sent.',
		);
	}
	const day = deps.clock().toISOString().slice(0, 10);
	await noteDeviceSeen(deps.db, { engagementId, id: device.id, day });
	return device;
}
