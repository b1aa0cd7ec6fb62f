import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';
import { openClosedWindows } from './open-closed-windows.ts';

describeOnBothDatabases('windows that have closed', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;

	beforeEach(() => {
		sut = testApp(getDatabase().db);
	});

	async function closedWindow(status: 'open' | 'closed' = 'closed') {
		const { db } = getDatabase();
		const window = await seedStudentWindow(db, sut.deps, { codes: [1, 0, 0] });
		const code = window.codes.north9[0] ?? '';
		const student = studentClient(sut, { link: window.link, code });
		await student.begin();
		await student.finish();
		await db
			.updateTable('survey_window')
			.set({ status })
			.where('id', '=', window.windowId)
			.execute();
		return window.windowId;
	}

	async function statusOf(windowId: string) {
		const row = await getDatabase()
			.db.selectFrom('survey_window')
			.select('status')
			.where('id', '=', windowId)
			.executeTakeFirstOrThrow();
		return row.status;
	}

	test('are opened, and open ones are left alone', async () => {
		const [closed, open] = [await closedWindow(), await closedWindow('open')];
		await openClosedWindows(sut.deps);
		expect(await statusOf(closed)).toBe('opened');
		expect(await statusOf(open)).toBe('open');
	});

	test('are opened although another one cannot be', async () => {
		const { db } = getDatabase();
		const [broken, fine] = [await closedWindow(), await closedWindow()];
		await db.deleteFrom('envelope').where('window_id', '=', broken).execute();
		await expect(openClosedWindows(sut.deps)).rejects.toThrow('1 windows could not be opened');
		expect(await statusOf(fine)).toBe('opened');
		expect(await statusOf(broken)).toBe('closed');
		await db
			.updateTable('survey_window')
			.set({ source: 'import' })
			.where('id', '=', broken)
			.execute();
	});

	test('get their tables written anew when the process died before it was', async () => {
		const { db } = getDatabase();
		const windowId = await closedWindow();
		await openClosedWindows(sut.deps);
		const codes = db.updateTable('access_code').where('window_id', '=', windowId);
		await codes.set({ sid_hash: Buffer.alloc(32) }).execute();
		const opening = db.updateTable('opening').where('window_id', '=', windowId);
		await opening.set({ rewritten_on: null }).execute();
		await openClosedWindows(sut.deps);
		const rows = await db
			.selectFrom('access_code')
			.select(['sid_hash', 'state'])
			.where('window_id', '=', windowId)
			.execute();
		expect(rows).toEqual([{ sid_hash: null, state: 1 }]);
	});
});
