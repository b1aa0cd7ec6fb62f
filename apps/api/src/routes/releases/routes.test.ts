import { listAuditEntries } from '@throughline/db/queries/audit-entry';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../policies/principal.ts';
import { seedReleasing } from '../../testing/seed-release.ts';
import { testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('releases', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let place: Awaited<ReturnType<typeof seedReleasing>>;

	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		place = await seedReleasing(sut);
	});

	async function as(person: Principal, method: string, path: string, body?: unknown) {
		sut.signInAs(person);
		return await sut.send(method, `${place.base}${path}`, body);
	}

	const approve = (person: Principal, id: string, body: unknown = {}) =>
		as(person, 'POST', `/${id}/approvals`, body);

	async function freeze(slug: string): Promise<string> {
		const id = await place.draft(slug);
		await approve(place.people.steward, id);
		await approve(place.people.administrator, id);
		return id;
	}

	const statusOf = async (id: string) =>
		await getDatabase()
			.db.selectFrom('release')
			.select(['status', 'frozen_at'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();

	describe('are prepared', () => {
		test('by a data steward alone', async () => {
			const body = { windowId: place.windowId, slug: 'by-whom', title: 'By whom' };
			const { people } = place;
			expect(await as({ type: 'public' }, 'POST', '', body)).toMatchObject({ status: 401 });
			for (const person of [people.administrator, people.advisory, people.coder]) {
				expect(await as(person, 'POST', '', body)).toMatchObject({ status: 403 });
			}
			expect(await as(people.steward, 'POST', '', body)).toMatchObject({
				status: 201,
				body: { problems: [] },
			});
		});

		test('not of a window that too few answered', async () => {
			const few = await seedReleasing(sut, { perCohort: [9] });
			sut.signInAs(few.people.steward);
			const body = { windowId: few.windowId, slug: 'few', title: 'Few answered' };
			expect(await sut.send('POST', few.base, body)).toMatchObject({
				status: 409,
				body: { error: { code: 'too_few_answered' } },
			});
		});

		test('not of a window of another engagement', async () => {
			const other = await seedReleasing(sut);
			const body = { windowId: other.windowId, slug: 'theirs', title: 'Theirs' };
			expect(await as(place.people.steward, 'POST', '', body)).toMatchObject({ status: 404 });
			sut.signInAs(other.people.steward);
			expect(await sut.send('GET', place.base)).toMatchObject({ status: 404 });
		});

		test.each([
			['slug', { slug: 'Spring 2026' }],
			['title', { title: ' x ' }],
			['windowId', { windowId: 'none' }],
		])('with a %s that can be used, or the field says why not', async (field, wrong) => {
			const body = { windowId: place.windowId, slug: 'fine', title: 'Fine', ...wrong };
			const answer = await as(place.people.steward, 'POST', '', body);
			expect(answer).toMatchObject({
				status: 422,
				body: { error: { fields: { [field]: expect.any(String) } } },
			});
		});

		test('under an address no other release has', async () => {
			await place.draft('taken');
			const body = { windowId: place.windowId, slug: 'taken', title: 'Again' };
			expect(await as(place.people.steward, 'POST', '', body)).toMatchObject({
				status: 409,
				body: { error: { code: 'slug_taken', fields: { slug: expect.any(String) } } },
			});
		});

		test('anew only where there is a draft', async () => {
			const body = { windowId: place.windowId, slug: 'other', title: 'Other' };
			const nobody = sut.deps.random.uuid7();
			const { steward } = place.people;
			expect(await as(steward, 'PUT', `/${nobody}`, body)).toMatchObject({ status: 404 });
			const frozen = await freeze('frozen');
			expect(await as(steward, 'PUT', `/${frozen}`, body)).toMatchObject({
				status: 409,
				body: { error: { code: 'release_frozen' } },
			});
		});

		test('without the charts the team leaves out, and readers are told', async () => {
			const { steward } = place.people;
			const id = await place.draft('left-out');
			const body = { windowId: place.windowId, slug: 'left-out', title: 'Left', leftOut: ['Q4'] };
			await as(steward, 'PUT', `/${id}`, body);
			const answer = await as(steward, 'GET', `/${id}`);
			expect(answer.body).toMatchObject({
				release: {
					leftOut: ['Q4'],
					hasChanged: false,
					preview: { method: { leftOut: ['Q4'] } },
				},
			});
			expect(JSON.stringify(answer.body)).not.toContain('"id":"Q4"');
		});
	});

	describe('are approved', () => {
		test('not by one person alone, however often', async () => {
			const id = await place.draft('alone');
			for (let time = 0; time < 2; time += 1) {
				expect(await approve(place.people.steward, id)).toMatchObject({
					status: 200,
					body: { status: 'approved' },
				});
			}
			expect(await statusOf(id)).toEqual({ status: 'draft', frozen_at: null });
		});

		test('not without a data steward', async () => {
			const id = await place.draft('no-steward');
			for (const person of [place.people.administrator, place.people.secondAdministrator]) {
				expect(await approve(person, id)).toMatchObject({ body: { status: 'approved' } });
			}
			expect((await statusOf(id)).status).toBe('draft');
			expect(await approve(place.people.steward, id)).toMatchObject({
				body: { status: 'frozen' },
			});
		});

		test('not by advisory members or coders', async () => {
			const id = await place.draft('not-theirs');
			for (const person of [place.people.advisory, place.people.coder]) {
				expect(await approve(person, id)).toMatchObject({ status: 403 });
			}
		});

		test('as they were read: another body is refused', async () => {
			const id = await place.draft('as-read');
			expect(await approve(place.people.steward, id, { hash: '0'.repeat(64) })).toMatchObject({
				status: 409,
				body: { error: { code: 'release_changed' } },
			});
		});

		test('anew after they were prepared anew', async () => {
			const id = await place.draft('anew');
			await approve(place.people.steward, id);
			const body = { windowId: place.windowId, slug: 'anew', title: 'Anew', leftOut: ['Q4'] };
			await as(place.people.steward, 'PUT', `/${id}`, body);
			const answer = await as(place.people.steward, 'GET', `/${id}`);
			expect(answer.body).toMatchObject({ release: { approvals: [] } });
			expect(await approve(place.people.administrator, id)).toMatchObject({
				body: { status: 'approved' },
			});
		});

		test('with every number no figure backs accepted by name, which is kept and logged', async () => {
			const { steward, administrator } = place.people;
			const body = { windowId: place.windowId, slug: 'doubt', title: 'What we heard at 70' };
			const prepared = await as(steward, 'POST', '', body);
			expect(prepared.body).toMatchObject({ problems: [], doubts: [{ words: '70' }] });
			const { releaseId, doubts } = prepared.body as {
				releaseId: string;
				doubts: { id: string }[];
			}; // the route's own answer
			const accepted = doubts.map(({ id }) => id);
			for (const wrong of [[], ['another']]) {
				expect(await approve(steward, releaseId, { accepted: wrong })).toMatchObject({
					status: 409,
					body: { error: { code: 'doubts_not_accepted' } },
				});
			}
			expect(await approve(steward, releaseId, { accepted })).toMatchObject({ status: 200 });
			expect(await approve(administrator, releaseId)).toMatchObject({ status: 409 });
			expect(await approve(administrator, releaseId, { accepted })).toMatchObject({
				body: { status: 'frozen' },
			});
			const { body: read } = await as(steward, 'GET', `/${releaseId}`);
			const own = [{ id: accepted[0], where: 'The title of the release', words: '70' }];
			expect(read).toMatchObject({
				release: { doubts: [], approvals: [{ accepted: own }, { accepted: own }] },
			});
			const { engagementId } = place;
			const log = await listAuditEntries(getDatabase().db, engagementId, {
				page: { limit: 9, offset: 0 },
			});
			const approvals = log.filter(({ action }) => action === 'release.approved');
			expect(approvals).toMatchObject([
				{ detail: { accepted: own } },
				{ detail: { accepted: own } },
			]);
		});

		test('by two people at the same moment, and are frozen once', async () => {
			const id = await place.draft('same-moment');
			const path = `${place.base}/${id}/approvals`;
			const send = (person: Principal) => {
				const own = testApp(getDatabase().db);
				own.signInAs(person);
				return own.send('POST', path, {});
			};
			const answers = await Promise.all([
				send(place.people.steward),
				send(place.people.administrator),
			]);
			const statuses = answers.map(({ body }) => body);
			expect(statuses).toContainEqual({ status: 'approved' });
			expect(statuses).toContainEqual({ status: 'frozen' });
			expect((await statusOf(id)).status).toBe('frozen');
		});

		test('together with what was frozen meanwhile, or start over', async () => {
			const ids = [await place.draft('meanwhile-1'), await place.draft('meanwhile-2')];
			for (const id of ids) {
				await approve(place.people.steward, id);
			}
			const answers = await Promise.all(
				ids.map((id) => {
					const own = testApp(getDatabase().db);
					own.signInAs(place.people.administrator);
					return own.send('POST', `${place.base}/${id}/approvals`, {});
				}),
			);
			const frozen = answers.filter(({ status }) => status === 200);
			const refused = answers.filter(({ status }) => status === 409);
			// On a loaded machine one may be done before the other begins: then both were audited.
			expect(frozen.length + refused.length).toBe(2);
			expect(frozen.length).toBeGreaterThan(0);
			for (const { body } of refused) {
				expect(body).toMatchObject({ error: { code: 'release_changed' } });
			}
		});
	});

	describe('once frozen', () => {
		test('can be neither changed nor deleted, not in the database either', async () => {
			const { db } = getDatabase();
			const id = await freeze('for-good');
			expect((await statusOf(id)).status).toBe('frozen');
			const change = db.updateTable('release').set({ title: 'Another' }).where('id', '=', id);
			const remove = db.deleteFrom('release').where('id', '=', id);
			await expect(change.execute()).rejects.toThrow();
			await expect(remove.execute()).rejects.toThrow();
			expect(await approve(place.people.steward, id)).toMatchObject({
				status: 409,
				body: { error: { code: 'release_frozen' } },
			});
		});

		test('are in the log of what staff did, with who did it', async () => {
			const id = await freeze('logged');
			const entries = await listAuditEntries(getDatabase().db, place.engagementId, {
				page: { limit: 100, offset: 0 },
			});
			expect(entries.filter(({ target }) => target === id).map(({ action }) => action)).toEqual([
				'release.frozen',
				'release.approved',
				'release.approved',
				'release.prepared',
			]);
		});
	});
});
