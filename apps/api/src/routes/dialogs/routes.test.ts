import { insertGuideVersion } from '@throughline/db/queries/dialog-guide';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashCode, parseCode } from '../../ballot/code.ts';
import { readSample } from '../../sample/read-sample.ts';
import { seedDialogGround } from '../../testing/seed-dialog.ts';
import { seedEngagement, seedPerson, type SeededSite } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { DialogDetail, DialogProgress, SeatSlips } from './schema.ts';

describeOnBothDatabases('dialog sessions', (getDatabase) => {
	let engagementId: string;
	let north: SeededSite;
	let ground: Awaited<ReturnType<typeof seedDialogGround>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let people: Record<'lead' | 'writer' | 'safe' | 'admin' | 'police' | 'coder', string>;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId, north } = await seedEngagement(db));
		ground = await seedDialogGround(db, { engagementId, siteId: north.id });
		const person = async (name: string, roles: Parameters<typeof seedPerson>[1]['roles']) =>
			await seedPerson(db, { engagementId, email: `${name}-${engagementId}@example.org`, roles });
		people = {
			lead: await person('lead', ['facilitator']),
			writer: await person('writer', ['facilitator']),
			safe: await person('safe', ['safety_responder']),
			admin: await person('admin', ['administrator', 'facilitator']),
			police: await person('police', ['police_partner']),
			coder: await person('coder', ['coder']),
		};
		sut = testApp(db);
		sut.signInAs(staff(people.lead, engagementId, ['facilitator']));
		base = `/api/engagements/${engagementId}/dialogs`;
	});

	function body(change: Record<string, unknown> = {}) {
		return {
			studentGroupId: ground.groupId,
			siteId: north.id,
			guideVersionId: ground.guideVersionId,
			directiveId: ground.directiveId,
			format: 'circle',
			startsAt: '2026-01-22T12:40',
			minutes: 60,
			place: 'Library',
			plannedParticipants: 8,
			languages: ['es'],
			recordingPlan: 'audio',
			leadId: people.lead,
			noteTakerIds: [people.writer],
			safeAdultId: people.safe,
			peerHosts: 1,
			interpreters: 1,
			...change,
		};
	}

	async function plan(change: Record<string, unknown> = {}): Promise<string> {
		const response = await sut.send('POST', base, body(change));
		expect(response.status).toBe(201);
		return (response.body as { id: string }).id; // the route's own answer
	}

	async function detailOf(id: string) {
		const response = await sut.send('GET', `${base}/${id}`);
		expect(response.status).toBe(200);
		return response.body as DialogDetail; // the route's own answer
	}

	test('are planned with their duties, and say what blocks the start', async () => {
		const id = await plan();
		const detail = await detailOf(id);

		expect(detail).toMatchObject({
			key: 'ds-01',
			group: { name: 'Student Circle' },
			site: { name: 'north school' },
			directive: { text: 'Hold dialog sessions with student groups.' },
			formatLabel: 'Talking-piece circle',
			startsAt: '2026-01-22T12:40',
			status: 'planned',
			isOverdue: false,
			isReady: false,
			isMine: true,
			recordingMode: null,
			version: 1,
		});
		expect(
			detail.duties.map(({ role, people: own, unnamed }) => [role, own.length, unnamed]),
		).toEqual([
			['lead', 1, 0],
			['peer_host', 0, 1],
			['note_taker', 1, 0],
			['safe_adult', 1, 0],
			['interpreter', 0, 1],
		]);
		expect(detail.blockers.map(({ kind }) => kind)).toEqual([...Array(6).fill('gate'), 'slips']);
	});

	test('get a name each, one after the other', async () => {
		await Promise.all([plan(), plan(), plan()]);
		const { body: list } = await sut.send('GET', base);
		const { dialogs } = list as { dialogs: { key: string }[] }; // the route's own answer
		expect(dialogs.map(({ key }) => key).sort()).toEqual(['ds-01', 'ds-02', 'ds-03']);
	});

	test('offer what they can be made of, and say who is kept out', async () => {
		const { body: options } = await sut.send('GET', `${base}/options`);
		expect(options).toMatchObject({
			groups: [{ name: 'Student Circle', site: 'north school' }],
			directives: [{ id: ground.directiveId }],
			guides: [
				{
					formats: [
						{ key: 'circle', minutes: 60 },
						{ key: 'table_rounds' },
						{ key: 'focus_group' },
					],
					version: '1.0.0',
				},
			],
			safeAdults: [{ id: people.safe }],
			languages: ['en', 'es', 'ar'],
			timezone: 'America/Chicago',
		});
		const { facilitators, keptOut } = options as Record<string, { id: string }[]>;
		expect(facilitators?.map(({ id }) => id).sort()).toEqual([people.lead, people.writer].sort());
		expect(keptOut?.map(({ id }) => id).sort()).toEqual([people.admin, people.police].sort());
	});

	describe('are refused', () => {
		const unknown = '019aa000-0000-7000-8000-000000000001';
		test.each([
			[{ siteId: unknown }, 'siteId'],
			[{ studentGroupId: unknown }, 'studentGroupId'],
			[{ directiveId: unknown }, 'directiveId'],
			[{ guideVersionId: unknown }, 'guideVersionId'],
			[{ format: 'lecture' }, 'format'],
			[{ startsAt: '2026-02-30T08:00:00' }, 'startsAt'],
			[{ startsAt: 'soon' }, 'startsAt'],
			[{ minutes: 5 }, 'minutes'],
			[{ place: ' ' }, 'place'],
			[{ plannedParticipants: 0 }, 'plannedParticipants'],
			[{ languages: ['xx'] }, 'languages'],
			[{ leadId: unknown }, 'leadId'],
			[{ peerHosts: -1 }, 'peerHosts'],
		])('with %j', async (change, field) => {
			const response = await sut.send('POST', base, body(change));
			expect(response).toMatchObject({
				status: 422,
				body: { error: { code: 'invalid_input', fields: { [field]: expect.any(String) } } },
			});
		});

		test.each([
			['police', 'leadId', /police.*Not in the room: SROs and other police staff/],
			['admin', 'leadId', /decides discipline.*administrators with discipline authority/],
			['police', 'noteTakerIds', /Note-taker/],
			['admin', 'noteTakerIds', /Note-taker/],
			['admin', 'safeAdultId', /Safe adult/],
			['coder', 'leadId', /role of facilitator/],
			['lead', 'safeAdultId', /role of safety responder/],
		] as const)('with %s as %s', async (who, field, why) => {
			const value = field === 'noteTakerIds' ? [people[who]] : people[who];
			const response = await sut.send('POST', base, body({ [field]: value }));
			expect(response.body).toMatchObject({
				error: { fields: { [field]: expect.stringMatching(why) } },
			});
		});

		test('with a format their guide does not have', async () => {
			const { dialogGuide: guide } = readSample();
			const id = sut.deps.random.uuid7();
			await insertGuideVersion(getDatabase().db, {
				engagementId,
				id,
				key: guide.key,
				number: 2,
				bodyHash: '0'.repeat(64),
				body: { ...guide, formats: guide.formats.filter(({ key }) => key !== 'focus_group') },
			});
			const given = body({ guideVersionId: id, format: 'focus_group' });
			expect((await sut.send('POST', base, given)).body).toMatchObject({
				error: {
					fields: { format: expect.stringContaining('It has: Talking-piece circle, Table rounds') },
				},
			});
		});

		test('with one person who leads and writes', async () => {
			const response = await sut.send('POST', base, body({ noteTakerIds: [people.lead] }));
			expect(response.body).toMatchObject({
				error: { fields: { noteTakerIds: expect.stringContaining('at the same time') } },
			});
		});
	});

	test('without lead, note-taker and safe adult are not ready, and say so', async () => {
		const id = await plan({ leadId: null, noteTakerIds: [], safeAdultId: null });
		const { blockers, isMine } = await detailOf(id);
		const missing = blockers.flatMap((blocker) => (blocker.kind === 'duty' ? [blocker.role] : []));
		expect(missing).toEqual(['lead', 'note_taker', 'safe_adult']);
		expect(isMine).toBe(false);
	});

	test('are changed once by two who write at the same time', async () => {
		const id = await plan();
		const edit = (place: string) =>
			sut.send('PUT', `${base}/${id}`, { ...body({ place, peerHosts: 3 }), version: 1 });
		expect((await edit('Gym')).status).toBe(200);
		expect(await edit('Attic')).toMatchObject({
			status: 409,
			body: { error: { code: 'changed_meanwhile' } },
		});
		const detail = await detailOf(id);
		expect(detail).toMatchObject({ place: 'Gym', version: 2 });
		expect(detail.duties.find(({ role }) => role === 'peer_host')?.unnamed).toBe(3);
	});

	test('are cancelled with a reason that stays, and brought back', async () => {
		const id = await plan();
		const move = (step: string, version: number, reason = 'Snow') =>
			sut.send('POST', `${base}/${id}/${step}`, { version, reason });

		expect((await move('cancel', 1, ' ')).status).toBe(422);
		expect((await move('bring-back', 1)).body).toMatchObject({
			error: { code: 'dialog_not_cancelled' },
		});
		expect((await move('cancel', 1)).status).toBe(200);
		expect((await move('cancel', 2)).body).toMatchObject({ error: { code: 'dialog_cancelled' } });
		expect((await sut.send('PUT', `${base}/${id}`, { ...body(), version: 2 })).status).toBe(409);
		expect((await move('bring-back', 1)).body).toMatchObject({
			error: { code: 'changed_meanwhile' },
		});
		expect((await move('bring-back', 2, 'New date')).status).toBe(200);
		expect(await detailOf(id)).toMatchObject({
			status: 'planned',
			deviations: 'Cancelled: Snow\nPlanned again: New date',
			version: 3,
		});
	});

	test('have gates that fall due on days counted back from theirs', async () => {
		const id = await plan();
		const states = async () =>
			(await detailOf(id)).gates.map(({ step, dueOn, state }) => [step, dueOn, state]);

		expect(await states()).toEqual([
			['b1', '2026-01-08', 'overdue'],
			['b2', '2026-01-08', 'overdue'],
			['b3', '2026-01-22', 'due'],
			['b4', '2026-01-21', 'due'],
			['b5', '2026-01-21', 'due'],
			['b6', '2026-01-22', 'due'],
		]);
		await sut.send('PUT', `${base}/${id}/gates/b1`);
		await sut.send('PUT', `${base}/${id}/gates/b1`);
		await sut.send('PUT', `${base}/${id}/gates/b2`);
		await sut.send('DELETE', `${base}/${id}/gates/b2`);
		const { gates } = await detailOf(id);
		expect(gates[0]).toMatchObject({
			state: 'done',
			doneAt: '2026-01-15T06:00',
			doneBy: 'Test Person',
		});
		expect(gates[1]).toMatchObject({ state: 'overdue', doneBy: null });
		expect((await sut.send('PUT', `${base}/${id}/gates/b99`)).status).toBe(404);

		const audited = await getDatabase()
			.db.selectFrom('audit_entry')
			.select('action')
			.where('target', '=', id)
			.orderBy('id')
			.execute();
		expect(audited.map(({ action }) => action)).toEqual([
			'dialog.planned',
			'dialog.gate_ticked',
			'dialog.gate_ticked',
			'dialog.gate_unticked',
		]);
	});

	test('are ready when duties, gates and slips are', async () => {
		const id = await plan();
		for (const step of ['b1', 'b2', 'b3', 'b4', 'b5', 'b6']) {
			await sut.send('PUT', `${base}/${id}/gates/${step}`);
		}
		await sut.send('POST', `${base}/${id}/slips`, {});
		expect(await detailOf(id)).toMatchObject({ blockers: [], isReady: true, seats: 8, slips: 8 });
	});

	test('draw a slip for each seat, of which only the keyed hash is kept', async () => {
		const id = await plan();
		const draw = (change = {}) => sut.send('POST', `${base}/${id}/slips`, change);
		const first = (await draw()).body as SeatSlips; // the route's own answer
		expect(first.slips.map(({ label }) => label)).toEqual(
			[...'ABCDEFGH'].map((letter) => `Voice ${letter}`),
		);
		expect(first).toMatchObject({
			slipCode: expect.stringMatching(/^[A-Z2-9]{6}$/),
			address: 'localhost/withdraw',
			replaced: false,
		});
		expect((await draw()).body).toMatchObject({ error: { code: 'slips_already_drawn' } });

		const again = (await draw({ isReplacement: true })).body as SeatSlips; // the route's own answer
		const stored = await getDatabase()
			.db.selectFrom('dialog_seat')
			.select(['label', 'slip_hash'])
			.where('session_id', '=', id)
			.orderBy('position')
			.execute();
		const hash = ({ code }: { code: string }) =>
			hashCode(sut.deps.keys.pepper, id, parseCode(code) ?? '').toString('hex');
		expect(stored.map(({ slip_hash }) => slip_hash?.toString('hex'))).toEqual(
			again.slips.map(hash),
		);
		expect(stored.map(({ slip_hash }) => slip_hash?.toString('hex'))).not.toContain(
			first.slips.map(hash)[0],
		);
		expect(JSON.stringify(await detailOf(id))).not.toContain(again.slips[0]?.code);
	});

	test('count toward the mandate by group', async () => {
		const held = await plan();
		await plan({ startsAt: '2026-01-05T12:40' });
		const cancelled = await plan({ directiveId: null, studentGroupId: null });
		await getDatabase()
			.db.updateTable('dialog_session')
			.set({ status: 'held' })
			.where('id', '=', held)
			.execute();
		await sut.send('POST', `${base}/${cancelled}/cancel`, { version: 1, reason: 'Snow' });

		const progress = (await sut.send('GET', `${base}/progress`)).body as DialogProgress;
		expect(progress).toMatchObject({
			directives: [
				{
					directive: { id: ground.directiveId },
					planned: 1,
					overdue: 1,
					held: 1,
					groups: [{ group: { name: 'Student Circle' }, planned: 1, held: 1 }],
				},
				{ directive: null, cancelled: 1, groups: [{ group: null, cancelled: 1 }] },
			],
			groupsWithout: [],
			overdue: [{ key: 'ds-02', group: 'Student Circle', startsAt: '2026-01-05T12:40' }],
			totals: { planned: 1, overdue: 1, held: 1, cancelled: 1 },
		});
	});

	test('leave a group without a session among those that wait', async () => {
		const id = await plan();
		await sut.send('POST', `${base}/${id}/cancel`, { version: 1, reason: 'Snow' });
		const { body: progress } = await sut.send('GET', `${base}/progress`);
		expect(progress).toMatchObject({ groupsWithout: [{ name: 'Student Circle' }] });
	});

	test('invite in three languages, with every scope in plain words', async () => {
		const id = await plan({ recordingPlan: 'audio' });
		const { body: letter } = await sut.send('GET', `${base}/${id}/letter`);
		expect(letter).toMatchObject({
			group: 'Student Circle',
			withdrawAddress: 'localhost/withdraw',
			deleteSoundAfterDays: 30,
			languages: ['es'],
			texts: {
				en: { review: null, formatLabel: 'Talking-piece circle' },
				es: { review: 'reviewed, sample', language: 'es' },
				ar: { review: 'reviewed, sample', language: 'ar' },
			},
		});
		const { texts } = letter as { texts: Record<string, { scopes: unknown[]; prompts: string[] }> };
		for (const text of Object.values(texts)) {
			expect(text.scopes).toHaveLength(5);
			expect(text.prompts).toHaveLength(8);
		}
		const prompts = Object.values(texts).flatMap((text) => text.prompts);
		expect(new Set(prompts).size).toBe(24);
	});

	test('fit on a page for the facilitator', async () => {
		const id = await plan();
		const { body: checklist } = await sut.send('GET', `${base}/${id}/checklist`);
		expect(checklist).toMatchObject({
			key: 'ds-01',
			agenda: expect.arrayContaining([
				{ block: 'Connect', minutes: 7, prompts: [expect.objectContaining({ key: 'P1' })] },
			]),
			after: expect.arrayContaining([expect.objectContaining({ owner: 'Lead facilitator' })]),
		});
	});

	test('tell nobody which seat said no', async () => {
		const id = await plan({ recordingPlan: 'notes_only', plannedParticipants: 12 });
		await sut.send('POST', `${base}/${id}/slips`, {});
		const { db } = getDatabase();
		const seats = await db
			.selectFrom('dialog_seat')
			.select('id')
			.where('session_id', '=', id)
			.orderBy('position')
			.execute();
		const say = async (given: (index: number) => boolean) => {
			await db
				.insertInto('consent_entry')
				.values(
					seats.map((seat, index) => ({
						engagement_id: engagementId,
						id: crypto.randomUUID(),
						session_id: id,
						seat_id: seat.id,
						scope: 'quoted' as const,
						source: 'student' as const,
						is_given: given(index),
						language: 'en',
						words_hash: '0'.repeat(64),
						witness_id: people.lead,
						said_at: new Date(),
					})),
				)
				.execute();
			const { consent } = await detailOf(id);
			return consent.find(({ scope }) => scope === 'quoted')?.share;
		};
		expect((await detailOf(id)).consent[0]?.share).toEqual({ kind: 'nobody_yet' });
		expect(await say(() => true)).toEqual({ kind: 'all' });
		expect(await say((index) => index > 0)).toEqual({ kind: 'some' });
	});

	test('of another engagement are not found', async () => {
		const id = await plan();
		const other = await seedEngagement(getDatabase().db);
		sut.signInAs(staff(people.lead, other.engagementId, ['facilitator']));
		const path = `/api/engagements/${other.engagementId}/dialogs/${id}`;
		for (const [method, address, sent] of [
			['GET', path, undefined],
			['GET', `${path}/letter`, undefined],
			['GET', `${path}/checklist`, undefined],
			['PUT', `${path}/gates/b1`, undefined],
			['POST', `${path}/slips`, {}],
			['POST', `${path}/cancel`, { version: 1, reason: 'x' }],
		] as const) {
			expect((await sut.send(method, address, sent)).status).toBe(404);
		}
	});

	test('are listed latest first, a page at a time', async () => {
		for (let day = 10; day < 32; day += 1) {
			await plan({ startsAt: `2026-07-${day}T08:00` });
		}
		const first = await sut.send('GET', base);
		const second = await sut.send('GET', `${base}?page=2`);
		expect(first.body).toMatchObject({ hasMore: true, page: 1 });
		expect((first.body as { dialogs: { startsAt: string }[] }).dialogs[0]?.startsAt).toBe(
			'2026-07-31T08:00',
		);
		expect(second.body).toMatchObject({ dialogs: [{}, {}], hasMore: false, page: 2 });
	});
});
