import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { createLog } from '../compose.ts';
import { reportLostKeys } from '../start/report-lost-keys.ts';
import { fileKeys } from '../system/keys.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { closeWindow } from '../testing/submit-sealed.ts';
import { testApp } from '../testing/test-app.ts';

describeOnBothDatabases('the key of a window', (getDatabase) => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-epoch-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** The program after a start: it remembers no key. */
	async function started() {
		const lines: string[] = [];
		const to = new Writable({
			write(chunk, _encoding, done) {
				lines.push(String(chunk));
				done();
			},
		});
		const log = createLog({ LOG_LEVEL: 'warn' }, to);
		const sut = testApp(getDatabase().db, { keys: await fileKeys(folder), log });
		await reportLostKeys(sut.deps);
		return { sut, lines };
	}

	/** A window with one finished response, and codes for two more. */
	async function answeredWindow() {
		const { sut } = await started();
		const window = await seedStudentWindow(getDatabase().db, sut.deps, { codes: [3, 0, 0] });
		const [first = '', second = '', third = ''] = window.codes.north9;
		const student = studentClient(sut, { link: window.link, code: first });
		await student.begin();
		expect((await student.finish()).status).toBe(200);
		const begun = studentClient(sut, { link: window.link, code: second });
		await begun.begin();
		await begun.save('Q3', ['Kept.']);
		return { ...window, second, third };
	}

	const paths = (windowId: string) =>
		['keys', 'keys-copy'].map((place) => join(folder, place, `epoch-${windowId}-1`));

	async function forgetCanary(windowId: string): Promise<void> {
		await getDatabase().db.deleteFrom('epoch_canary').where('window_id', '=', windowId).execute();
	}

	/** As before anybody began: neither a key nor its canary. */
	async function withoutKey(windowId: string): Promise<void> {
		await forgetCanary(windowId);
		await Promise.all(paths(windowId).map((path) => rm(path)));
	}

	const harms: [string, (path: string) => Promise<void>][] = [
		['missing', (path) => rm(path)],
		['another one', (path) => writeFile(path, Buffer.alloc(32, 7))],
	];

	test.each(harms)(
		'that is %s keeps answers out, is reported, and is made by nobody',
		async (_what, harm) => {
			const window = await answeredWindow();
			const [path = '', copy = ''] = paths(window.windowId);
			const right = await readFile(path);
			await harm(path);
			await harm(copy);

			const { sut, lines } = await started();
			expect(lines.join('')).toContain(window.windowId);
			const begun = studentClient(sut, { link: window.link, code: window.second });
			expect(await begun.finish()).toMatchObject({
				status: 503,
				body: { error: { code: 'survey_paused' } },
			});
			const newcomer = studentClient(sut, { link: window.link, code: window.third });
			expect((await newcomer.start()).body).toMatchObject({ error: { code: 'survey_paused' } });
			await closeWindow(getDatabase().db, window.windowId);
			const { engagementId, windowId } = window;
			const opening = openEnvelopes(sut.deps, { engagementId, windowId });
			await expect(opening).rejects.toThrow('Put the right file into DATA_DIR/keys');

			await writeFile(path, right);
			await writeFile(copy, right);
			const again = await started();
			expect(again.lines.filter((line) => line.includes(windowId))).toEqual([]);
			expect(await openEnvelopes(again.sut.deps, { engagementId, windowId })).toEqual({
				opened: 1,
			});
		},
	);

	test('of one place is enough, and is copied to the other', async () => {
		const window = await answeredWindow();
		const [path = '', copy = ''] = paths(window.windowId);
		const right = await readFile(path);
		await rm(path);
		const { sut, lines } = await started();
		expect(lines.filter((line) => line.includes(window.windowId))).toEqual([]);
		const begun = studentClient(sut, { link: window.link, code: window.second });
		expect((await begun.finish()).status).toBe(200);
		expect(await readFile(path)).toEqual(right);
		expect(await readFile(copy)).toEqual(right);
	});

	test('is not made anew where answers lie sealed, though nothing is left of it', async () => {
		const window = await answeredWindow();
		const [path = '', copy = ''] = paths(window.windowId);
		const right = await readFile(path);
		await withoutKey(window.windowId);
		const { sut } = await started();
		const begun = studentClient(sut, { link: window.link, code: window.second });
		const { status, body } = await begun.finish();
		expect(status).toBe(503);
		expect(JSON.stringify(body)).toContain('Your answers so far are kept');
		await expect(readFile(path)).rejects.toThrow('ENOENT');

		// A window of before there were canaries opens with the key of its name.
		await writeFile(path, right);
		await writeFile(copy, right);
		const again = await started();
		await closeWindow(getDatabase().db, window.windowId);
		const { engagementId, windowId } = window;
		expect(await openEnvelopes(again.sut.deps, { engagementId, windowId })).toEqual({ opened: 1 });
	});

	test('that somebody else makes in the same moment keeps nobody out', async () => {
		const { sut } = await started();
		const window = await seedStudentWindow(getDatabase().db, sut.deps, { codes: [2, 0, 0] });
		const [first = '', second = ''] = window.codes.north9;
		const student = studentClient(sut, { link: window.link, code: first });
		await student.begin();
		await studentClient(sut, { link: window.link, code: second }).begin();
		await withoutKey(window.windowId);
		// Whatever is asked about the key first, another student has finished before it is answered.
		const { sut: another } = await started();
		const finishesFirst = () => studentClient(another, { link: window.link, code: first }).finish();
		const files = await fileKeys(folder);
		let isInBetween = false;
		async function afterOther<T>(answer: T): Promise<T> {
			if (!isInBetween) {
				isInBetween = true;
				expect((await finishesFirst()).status).toBe(200);
			}
			return answer;
		}
		const keys: typeof files = {
			...files,
			epochKey: async (...of) => afterOther(await files.epochKey(...of)),
			makeEpochKey: async (...of) => {
				await afterOther(null);
				return await files.makeEpochKey(...of);
			},
		};
		const other = testApp(getDatabase().db, { keys });
		const slower = studentClient(other, { link: window.link, code: second });
		expect((await slower.finish()).status).toBe(200);
		expect(isInBetween).toBe(true);
		await closeWindow(getDatabase().db, window.windowId);
		const { engagementId, windowId } = window;
		expect(await openEnvelopes(sut.deps, { engagementId, windowId })).toEqual({ opened: 2 });
	});

	test('is one for two processes that seal the first answers at the same time', async () => {
		const window = await answeredWindow();
		await forgetCanary(window.windowId);
		const [one, other] = await Promise.all([started(), started()]);
		const statuses = await Promise.all([
			studentClient(one.sut, { link: window.link, code: window.second }).finish(),
			studentClient(other.sut, { link: window.link, code: window.third }).start(),
		]);
		expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
		await closeWindow(getDatabase().db, window.windowId);
		const { engagementId, windowId } = window;
		expect(await openEnvelopes(one.sut.deps, { engagementId, windowId })).toEqual({ opened: 2 });
	});
});
