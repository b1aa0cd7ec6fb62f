import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import type { DialogThemes } from '../routes/results/schema.ts';
import { seedCodebook, type ThemeKey } from '../testing/seed-coding.ts';
import { seedHeldDialog } from '../testing/seed-held-dialog.ts';
import { seedPerson } from '../testing/seed-engagement.ts';
import { seedReleasing } from '../testing/seed-release.ts';
import { staff, testApp } from '../testing/test-app.ts';

const labels = Array.from({ length: 12 }, (_, index) => `Voice ${String.fromCharCode(65 + index)}`);

describeOnBothDatabases('themes of dialog sessions', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let place: Awaited<ReturnType<typeof seedReleasing>>;
	let dialog: Awaited<ReturnType<typeof seedHeldDialog>>;
	let themeIds: Record<ThemeKey, string>;
	let coder: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		place = await seedReleasing(sut);
		const { engagementId } = place;
		themeIds = await seedCodebook(db, engagementId);
		coder = await seedPerson(db, {
			engagementId,
			email: `ada-${engagementId}@example.org`,
			roles: ['coder'],
		});
		const { id } = await db
			.selectFrom('site as s')
			.innerJoin('engagement as e', 'e.district_id', 's.district_id')
			.select('s.id')
			.where('e.id', '=', engagementId)
			.orderBy('s.key')
			.executeTakeFirstOrThrow();
		dialog = await seedHeldDialog(sut.deps, {
			engagementId,
			siteId: id,
			key: 'ds-themes',
			seats: labels,
			said: labels.map((label) => ({ seats: [label], text: `I am ${label} and the bus is late.` })),
		});
		sut.signInAs(staff(coder, engagementId, ['coder']));
		for (const [index, excerptId] of dialog.excerptIds.entries()) {
			await sut.send(
				'PUT',
				`/api/engagements/${engagementId}/coding/excerpts/${excerptId}/decision`,
				{
					themeIds: index < 6 ? [themeIds.B2] : [],
				},
			);
		}
	});

	async function read(): Promise<DialogThemes> {
		sut.signInAs(place.people.advisory);
		const path = `/api/engagements/${place.engagementId}/results/${place.windowId}`;
		// The themes of the survey itself are not moved by what was said in sessions.
		expect(await sut.send('GET', path)).toMatchObject({ body: { coverage: { decided: 0 } } });
		return (await sut.send('GET', `${path}/dialogs`)).body as DialogThemes; // the route's promise
	}

	test('are shares of seats beside the survey, and fall below ten seats to nothing', async () => {
		const before = await read();
		expect(before.people).toEqual({ type: 'exact', n: 12 });
		expect(before.rows.find(({ key }) => key === 'B2')).toMatchObject({
			share: { type: 'shown', figure: { text: '50–59%' } },
			// One session alone is no number of sessions.
			sessions: null,
			survey: { type: 'hidden' },
			concordance: 'not_shown',
		});

		for (const label of labels.slice(0, 3)) {
			sut.signInAs({ type: 'public' });
			await sut.send('POST', '/api/withdrawals', {
				session: dialog.slipCode,
				slip: dialog.seats.get(label)?.slip,
				choice: 'everything',
			});
		}
		const after = await read();
		expect(after.people).toEqual({ type: 'band', band: '<10' });
		expect(after.rows.every(({ share }) => share.type === 'hidden')).toBe(true);
	});
});
