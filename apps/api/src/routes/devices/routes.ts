import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { insertDevice, listDevices, revokeDevice } from '@throughline/db/queries/project-device';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { hashDeviceToken } from '../../dialogs/device-of.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { engagementParam } from '../engagements/schema.ts';
import { deviceBody, type DeviceList, deviceParam, type EnrolledDevice } from './schema.ts';

const TOKEN_BYTES = 32;
const MAX_DEVICES = 200;

/** The tablets of the project: only from them are sessions run. */
export function deviceRoutes(deps: Deps) {
	const { db, random, clock } = deps;
	return new Hono<AppEnv>()
		.get('/', authorise('device:manage'), valid('param', engagementParam), async (c) => {
			const rows = await listDevices(db, c.req.valid('param').engagementId, MAX_DEVICES);
			const list: DeviceList = {
				devices: rows.map(({ revokedAt, id, label, person, lastSeenOn }) => ({
					id,
					label,
					person,
					lastSeenOn,
					isRevoked: revokedAt !== null,
				})),
			};
			return c.json(list, 200);
		})
		.post(
			'/',
			authorise('device:enroll'),
			valid('param', engagementParam),
			valid('json', deviceBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { label } = c.req.valid('json');
				const { personId } = staffOf(c);
				const token = random.bytes(TOKEN_BYTES).toString('base64url');
				const id = random.uuid7();
				const tokenHash = hashDeviceToken(token);
				await db.transaction().execute(async (trx) => {
					await insertDevice(trx, { engagementId, id, label, personId, tokenHash });
					await writeAuditEntry(trx, {
						engagementId,
						id: random.uuid7(),
						personId,
						action: 'device.enrolled',
						target: id,
					});
				});
				const enrolled: EnrolledDevice = { id, label, token };
				return c.json(enrolled, 201);
			},
		)
		.post(
			'/:deviceId/revoke',
			authorise('device:manage'),
			valid('param', deviceParam),
			async (c) => {
				const { engagementId, deviceId: id } = c.req.valid('param');
				const label = await db.transaction().execute(async (trx) => {
					const found = await revokeDevice(trx, { engagementId, id, now: clock() });
					if (found !== undefined) {
						await writeAuditEntry(trx, {
							engagementId,
							id: random.uuid7(),
							personId: staffOf(c).personId,
							action: 'device.revoked',
							target: id,
						});
					}
					return found;
				});
				if (label === undefined) {
					throw notFound();
				}
				return c.json({ label }, 200);
			},
		);
}
