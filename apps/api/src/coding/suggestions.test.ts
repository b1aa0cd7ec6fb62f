import { describeOnBothDatabases } from '@throughline/db/testing';
import { findSuggestionModel } from '@throughline/db/queries/suggestion-model';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decideExcerpt } from '../actions/decide-excerpt.ts';
import { editTheme } from '../actions/edit-theme.ts';
import { seedCoding } from '../testing/seed-coding.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { testApp } from '../testing/test-app.ts';
import { createSuggestions, type Suggestions } from './suggestions.ts';

const PARKING = 'The parking lot floods when it rains.';

describeOnBothDatabases('suggestions', (getDatabase) => {
	let engagementId: string;
	let coderId: string;
	let themeIds: Awaited<ReturnType<typeof seedCoding>>['themeIds'];
	let excerptIds: string[];
	let suggestions: Suggestions;
	let deps: ReturnType<typeof testApp>['deps'];

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		const email = `coder-${engagementId}@example.org`;
		coderId = await seedPerson(db, { engagementId, email, roles: ['coder'] });
		const texts = Array.from({ length: 40 }, (_, index) => ({
			text: index % 2 === 0 ? `${PARKING} ${index}` : `The bus is late ${index}.`,
		}));
		({ themeIds, excerptIds } = await seedCoding(db, engagementId, texts));
		suggestions = createSuggestions({ db, log: pino({ level: 'silent' }) });
		deps = { ...testApp(db).deps, suggestions };
	});

	afterEach(() => suggestions.stop());

	const best = async (text: string) =>
		(await suggestions.suggest(engagementId, text))?.[0]?.themeId;
	const trainedOn = async () =>
		(await findSuggestionModel(getDatabase().db, engagementId))?.trainedOn;

	async function decideFirst(count: number): Promise<void> {
		for (const [place, excerptId] of excerptIds.slice(0, count).entries()) {
			const chosen = place % 2 === 0 ? [themeIds.B3] : [themeIds.B2];
			await decideExcerpt(deps, { engagementId, coderId, excerptId }, chosen);
		}
	}

	test('rest on the codebook alone before anyone has decided', async () => {
		await suggestions.start();
		expect(await best('the late bus')).toBe(themeIds.B2);
		expect(await trainedOn()).toBe(0);
	});

	test('are there without waiting, as none, until a first model is trained in the background', async () => {
		expect(await suggestions.suggest(engagementId, 'the late bus')).toBeNull();
		await vi.waitFor(async () => expect(await best('the late bus')).toBe(themeIds.B2), 20_000);
	});

	test('learn from twenty decisions in the background, words the codebook never heard of', async () => {
		await suggestions.train(engagementId);
		expect(await best(PARKING)).not.toBe(themeIds.B3);

		await decideFirst(19);
		expect(await trainedOn()).toBe(0);
		await decideFirst(20);

		await vi.waitFor(async () => expect(await trainedOn()).toBe(20), 20_000);
		await vi.waitFor(async () => expect(await best(PARKING)).toBe(themeIds.B3), 20_000);
	});

	test('forget a decision that was taken back', async () => {
		await decideFirst(20);
		await suggestions.train(engagementId);
		expect(await trainedOn()).toBe(20);
		await getDatabase()
			.db.deleteFrom('excerpt_decision')
			.where('engagement_id', '=', engagementId)
			.execute();
		await suggestions.train(engagementId);

		expect(await trainedOn()).toBe(0);
		expect(await best(PARKING)).not.toBe(themeIds.B3);
	});

	test('follow the words of the codebook when they are edited', async () => {
		await suggestions.train(engagementId);
		const words = {
			label: 'Sports',
			definition: 'Flooded parking lots.',
			include: [],
			exclude: [],
			examples: [PARKING],
		};
		await editTheme(deps, { engagementId, themeId: themeIds.B3 }, { words, personId: coderId });
		await vi.waitFor(async () => expect(await best(PARKING)).toBe(themeIds.B3), 20_000);
	});

	test('are loaded by another process, and follow what it did not train itself', async () => {
		await decideFirst(20);
		await suggestions.train(engagementId);
		const other = createSuggestions({ db: getDatabase().db, log: pino({ level: 'silent' }) });
		try {
			const found = await other.suggest(engagementId, PARKING);
			expect(found?.[0]?.themeId).toBe(themeIds.B3);
		} finally {
			await other.stop();
		}
	});

	test('go on after their thread was stopped', async () => {
		await suggestions.train(engagementId);
		await suggestions.stop();
		expect(await best('the late bus')).toBe(themeIds.B2);
	});

	test('agreement is measured on what coders decided before they saw anything', async () => {
		const { db } = getDatabase();
		const email = `second-${engagementId}@example.org`;
		const second = await seedPerson(db, { engagementId, email, roles: ['coder'] });
		await decideFirst(12);
		for (const [place, excerptId] of excerptIds.slice(0, 12).entries()) {
			const chosen = place % 2 === 0 && place > 0 ? [themeIds.B3] : [themeIds.B2];
			await decideExcerpt(deps, { engagementId, coderId: second, excerptId }, chosen);
		}
		const before = await suggestions.agreement(engagementId);
		await db
			.insertInto('excerpt_reveal')
			.values({
				engagement_id: engagementId,
				excerpt_id: excerptIds[0] ?? '',
				coder_id: second,
				kind: 'suggestions',
			})
			.execute();
		const changed = { engagementId, coderId: second, excerptId: excerptIds[0] ?? '' };
		await decideExcerpt(deps, changed, [themeIds.B3]);
		const after = await suggestions.agreement(engagementId);

		const alphaOf = (agreement: typeof before) =>
			agreement.themes.find(({ themeId }) => themeId === themeIds.B3)?.alpha;
		expect(before.units).toBe(12);
		expect(alphaOf(before)).toMatchObject({ type: 'alpha', alpha: expect.any(Number) });
		expect(alphaOf(after)).toEqual(alphaOf(before));
	});
});
