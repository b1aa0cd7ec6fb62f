import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decideExcerpt } from '../../actions/decide-excerpt.ts';
import { seedCoding } from '../../testing/seed-coding.ts';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('a codebook', (getDatabase) => {
	let engagementId: string;
	let person: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let seeded: Awaited<ReturnType<typeof seedCoding>>;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		person = await seedPerson(db, {
			engagementId,
			email: `p-${engagementId}@example.org`,
			roles: ['administrator'],
		});
		const texts = Array.from({ length: 12 }, (_, index) => ({ text: `The bus is late ${index}.` }));
		seeded = await seedCoding(db, engagementId, texts);
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/codebook`;
	});

	afterEach(() => sut.deps.suggestions.stop());

	const as = (...roles: ('administrator' | 'coder')[]) =>
		sut.signInAs(staff(person, engagementId, roles));
	const words = {
		label: 'Bus',
		definition: ' Getting to school by bus. ',
		include: ['late buses'],
		exclude: [],
		examples: ['The bus is late.'],
	};

	test('gives every theme one key of its own, in its order', async () => {
		as('coder');
		const { body } = await sut.send('GET', base);
		expect(body).toMatchObject({
			canEdit: false,
			groups: [
				{
					key: 'A',
					themes: [
						{ key: 'A1', shortcut: '1' },
						{ key: 'A2', shortcut: '2' },
					],
				},
				{ key: 'B', themes: [{ shortcut: '3' }, { shortcut: '4' }, { shortcut: '5' }] },
			],
		});
	});

	test('is edited by an administrator, and who changed what is on record', async () => {
		as('administrator');
		const path = `${base}/themes/${seeded.themeIds.B2}`;
		expect((await sut.send('PUT', path, words)).status).toBe(200);

		expect(JSON.stringify((await sut.send('GET', base)).body)).toContain(
			'"definition":"Getting to school by bus."',
		);
		const { body } = await sut.send('GET', `/api/engagements/${engagementId}/audit`);
		expect(body).toMatchObject({
			entries: [
				{
					action: 'theme.edited',
					target: seeded.themeIds.B2,
					detail: {
						theme: 'B2',
						before: { definition: 'About this: Bus.' },
						after: { definition: 'Getting to school by bus.' },
					},
				},
			],
		});
	});

	test('is not edited by a coder, nor from another engagement', async () => {
		as('coder');
		const path = `${base}/themes/${seeded.themeIds.B2}`;
		expect((await sut.send('PUT', path, words)).status).toBe(403);

		const other = await seedEngagement(getDatabase().db);
		sut.signInAs(staff(person, other.engagementId, ['administrator']));
		const foreign = `/api/engagements/${other.engagementId}/codebook`;
		expect((await sut.send('PUT', `${foreign}/themes/${seeded.themeIds.B2}`, words)).status).toBe(
			404,
		);
		expect((await sut.send('GET', foreign)).status).toBe(404);
	});

	test.each([
		[{ ...words, label: ' ' }, 'label'],
		[{ ...words, definition: '' }, 'definition'],
		[{ ...words, include: ['x'.repeat(301)] }, 'include.0'],
		[{ ...words, examples: Array.from({ length: 21 }, String) }, 'examples'],
	])('refuses %j', async (body, field) => {
		as('administrator');
		const answer = await sut.send('PUT', `${base}/themes/${seeded.themeIds.B2}`, body);
		expect(answer).toMatchObject({
			status: 422,
			body: { error: { fields: { [field]: expect.any(String) } } },
		});
	});

	test('gives no figure of agreement on few excerpts, and says why one is undefined', async () => {
		const { db } = getDatabase();
		const second = await seedPerson(db, {
			engagementId,
			email: `s-${engagementId}@example.org`,
			roles: ['coder'],
		});
		const { B1, B2 } = seeded.themeIds;
		const decideUpTo = async (count: number) => {
			for (const [place, excerptId] of seeded.excerptIds.slice(0, count).entries()) {
				const agreed = [place < 6 ? B1 : B2];
				const key = { engagementId, excerptId };
				await decideExcerpt(sut.deps, { ...key, coderId: person }, agreed);
				await decideExcerpt(sut.deps, { ...key, coderId: second }, place === 0 ? [B2] : agreed);
			}
		};
		as('coder');
		await decideUpTo(9);
		expect((await sut.send('GET', `${base}/reliability`)).body).toEqual({
			units: 9,
			leastUnits: 10,
			themes: null,
		});

		await decideUpTo(12);
		// Twelve pairs, one of them apart: 11 ones and 13 zeros, so 1 - (2/24) / (2*11*13/(24*23)).
		expect((await sut.send('GET', `${base}/reliability`)).body).toMatchObject({
			units: 12,
			themes: {
				[B1]: { type: 'measured', alpha: 0.84, verdict: 'good' },
				[seeded.themeIds.A1]: { type: 'undefined', reason: 'one_value_only' },
			},
		});
	});
});
