import { listThemes } from '@throughline/db/queries/codebook';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { seedEngagement } from '../testing/seed-engagement.ts';
import { codebookFile, importCodebook } from './import-codebook.ts';

describeOnBothDatabases('importing a codebook', (getDatabase) => {
	let engagementId = '';

	beforeEach(async () => {
		({ engagementId } = await seedEngagement(getDatabase().db));
	});

	const load = (file: unknown) =>
		importCodebook(
			{ db: getDatabase().db, random: systemRandom },
			engagementId,
			codebookFile.parse(file),
		);

	test('makes the keys that are not given, and keeps the order', async () => {
		const groups = [
			{ label: 'Safety', themes: [{ label: 'Safer' }, { key: 'X', label: 'Less safe' }] },
			{ key: 'Z', label: 'Days', themes: [{ label: 'Bus', examples: ['The bus is late.'] }] },
		];
		expect(await load({ title: 'Ours', groups })).toEqual({ groups: 2, themes: 3 });
		const themes = await listThemes(getDatabase().db, engagementId);
		expect(themes.map(({ key, groupKey, label }) => `${groupKey} ${key} ${label}`)).toEqual([
			'A A1 Safer',
			'A X Less safe',
			'Z Z1 Bus',
		]);
	});

	test('takes the words of other codebooks: id for key, example_phrases for examples', async () => {
		const themes = [
			{ id: 'B7', label: 'Bus', example_phrases: ['The bus is late.'] },
			{ id: '019aa000-0000-7000-8000-000000000001', label: 'Lunch', examples: ['Cold food.'] },
		];
		await load({ title: 'Ours', groups: [{ id: 'B', label: 'Days', themes }] });
		const stored = await listThemes(getDatabase().db, engagementId);
		expect(stored.map(({ key, groupKey, examples }) => [groupKey, key, examples])).toEqual([
			['B', 'B7', ['The bus is late.']],
			['B', 'B2', ['Cold food.']],
		]);
	});

	test('takes the starter codebook as it lies there', async () => {
		const starter = new URL('../../sample/codebook.json', import.meta.url);
		const { themes } = await load(JSON.parse(await readFile(starter, 'utf8')));
		expect(themes).toBeGreaterThan(15);
	});

	test('happens once for an engagement', async () => {
		const file = { title: 'Ours', groups: [{ label: 'A', themes: [{ label: 'B' }] }] };
		await load(file);
		await expect(load(file)).rejects.toMatchObject({ code: 'codebook_exists' });
	});

	test('refuses a key that stands twice', async () => {
		const themes = [{ key: 'A2', label: 'One' }, { label: 'Two' }];
		await expect(load({ title: 'Ours', groups: [{ label: 'A', themes }] })).rejects.toMatchObject({
			code: 'invalid_input',
			message: expect.stringContaining("'A2'"),
		});
	});
});
