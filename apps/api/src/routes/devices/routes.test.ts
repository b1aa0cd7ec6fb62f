import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { DeviceList, EnrolledDevice } from './schema.ts';

describeOnBothDatabases('a device', (getDatabase) => {
	let seeded: Awaited<ReturnType<typeof seedDialogRoom>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let token: string;

	beforeEach(async () => {
		seeded = await seedDialogRoom(getDatabase().db);
		sut = testApp(getDatabase().db);
		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['facilitator']));
		base = `/api/engagements/${seeded.engagementId}`;
		const enrolled = await sut.send('POST', `${base}/devices`, { label: ' Tablet 3 ' });
		({ token } = enrolled.body as EnrolledDevice); // the route's own answer
	});

	async function askForKit(device: string) {
		const response = await sut.app.request(`${base}/dialogs/${seeded.sessionId}/kit`, {
			headers: { 'x-throughline-device': device },
		});
		const body: unknown = await response.json();
		return { status: response.status, body };
	}

	test('that is not one of the project gets nothing', async () => {
		for (const stranger of ['', 'x'.repeat(43)]) {
			expect(await askForKit(stranger)).toMatchObject({
				status: 401,
				body: { error: { code: 'device_unknown' } },
			});
		}
		expect.assertions(2);
	});

	test('that was revoked is told so, once; its token is stored nowhere', async () => {
		expect((await askForKit(token)).status).toBe(200);
		const { db } = getDatabase();
		const rows = await db.selectFrom('project_device').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(token);

		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['administrator']));
		const { devices } = (await sut.send('GET', `${base}/devices`)).body as DeviceList; // its own answer
		expect(devices).toMatchObject([
			{ label: 'Tablet 3', lastSeenOn: '2026-01-15', isRevoked: false },
		]);
		const path = `${base}/devices/${devices[0]?.id}/revoke`;
		expect((await sut.send('POST', path, {})).status).toBe(200);
		expect((await sut.send('POST', path, {})).status).toBe(404);

		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['facilitator']));
		expect(await askForKit(token)).toMatchObject({
			status: 401,
			body: { error: { code: 'device_revoked' } },
		});
	});

	test('needs a label, and a facilitator', async () => {
		expect((await sut.send('POST', `${base}/devices`, { label: ' ' })).status).toBe(422);
		expect((await sut.send('GET', `${base}/devices`)).status).toBe(403);
		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['coder']));
		expect((await sut.send('POST', `${base}/devices`, { label: 'Mine' })).status).toBe(403);
	});
});
