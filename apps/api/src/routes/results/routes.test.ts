import type { Chart, PeopleCount } from '@throughline/analysis/charts';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { parse } from 'csv-parse/sync';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../system/random.ts';
import { seedEngagement, seedPerson, type SeededSite } from '../../testing/seed-engagement.ts';
import {
	seedCodings,
	seedQuote,
	type SeededAnswer,
	type SeededResults,
	seedResults,
} from '../../testing/seed-results.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { ThemeResults, WindowResults } from './schema.ts';

const attributes = ['site', 'level', 'grade_band', 'race', 'gender'] as const;
/** The order that no answer moves. */
const order: Record<(typeof attributes)[number], string[]> = {
	site: ['north', 'south', 'tiny', 'pooled'],
	level: ['middle', 'high', 'pooled'],
	grade_band: ['6-8', '9-10', '11-12', 'pooled'],
	race: ['white', 'black', 'asian', 'nhpi', 'two_or_more', 'pooled'],
	gender: ['girl', 'boy', 'self', 'pooled'],
};
/** Groups of fewer than ten, crafted so that everyone of them answers alike. */
const small = [
	{ by: 'site', id: 'tiny' },
	{ by: 'race', id: 'nhpi' },
	{ by: 'gender', id: 'self' },
	{ by: 'grade_band', id: '11-12' },
] as const;

describeOnBothDatabases('results of the team', (getDatabase) => {
	let engagementId: string;
	let coders: string[];
	let sites: { north: SeededSite; south: SeededSite; tiny: SeededSite };
	let seeded: SeededResults;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		const { north, south, districtId, ...rest } = await seedEngagement(db);
		({ engagementId } = rest);
		const tiny = { id: systemRandom.uuid7(), key: 'tiny' };
		await db
			.insertInto('site')
			.values({
				id: tiny.id,
				district_id: districtId,
				key: 'tiny',
				name: 'tiny school',
				level: 'high',
				grades: ['9', '11'],
				has_sro: false,
				position: 3,
			})
			.execute();
		sites = { north, south, tiny };
		coders = [];
		for (const name of ['a', 'b']) {
			const email = `${name}-${engagementId}@example.org`;
			coders.push(await seedPerson(db, { engagementId, email, roles: ['coder'] }));
		}
		const answers = craftAnswers(sites);
		seeded = await seedResults(db, engagementId, { answers, coders });
		sut = testApp(db);
	});

	beforeEach(() => {
		signIn(['advisory_member']);
		base = `/api/engagements/${engagementId}/results`;
	});

	function signIn(roles: Parameters<typeof staff>[2]) {
		sut.signInAs(staff(coders[0] ?? '', engagementId, roles));
	}

	async function read(by?: string, windowId = seeded.windowId): Promise<WindowResults> {
		const query = by === undefined ? '' : `?by=${by}`;
		const { status, body } = await sut.send('GET', `${base}/${windowId}${query}`);
		expect(status).toBe(200);
		return body as WindowResults; // the route's own answer
	}

	async function readCsv(chartId: string): Promise<string[][]> {
		const response = await sut.app.request(`${base}/${seeded.windowId}/charts/${chartId}/csv`);
		expect(response.status).toBe(200);
		const text = await response.text();
		return parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true });
	}

	const chartsOf = (results: WindowResults) => results.sections.flatMap(({ charts }) => charts);

	test('begin with who took part, then go by the survey’s sections to the themes', async () => {
		const { sections, window, coverage } = await read();

		expect(sections.map(({ id }) => id)).toEqual(['participation', 'A', 'themes']);
		expect(window).toMatchObject({
			label: 'Winter',
			opensOn: '2025-12-01',
			closesOn: '2025-12-19',
		});
		expect(coverage).toEqual({ answers: 60, decided: 40, double: 40 });
	});

	test('say exactly how many answered over everyone', async () => {
		const [statements, choice] = chartsOf(await read()).filter(({ id }) => !id.startsWith('took'));

		expect(statements).toMatchObject({ kind: 'likert', people: null });
		const rows = statements?.kind === 'likert' ? statements.rows : [];
		expect(rows[0]).toMatchObject({ people: { type: 'exact', n: 87 } });
		expect(choice).toMatchObject({ kind: 'options', people: { type: 'exact', n: 87 } });
	});

	test.each(small)('never show the $id of $by, though all of them agree', async ({ by, id }) => {
		const results = await read(by);
		const charts = chartsOf(results);

		expect(charts.length).toBeGreaterThan(2);
		for (const chart of charts) {
			const shown = groupsOf(chart).filter((group) => group.people.type !== 'hidden');
			expect(shown.map((group) => group.id)).not.toContain(id);
			const rows = await readCsv(chart.id);
			const heads = rows.find((row) => row.some((cell) => cell === labelOf(id))) ?? [];
			const column = heads.indexOf(labelOf(id));
			const own = rows.slice(rows.indexOf(heads) + 1).flatMap((row) => row[column] ?? []);
			expect(column === -1 ? [] : own.filter((cell) => cell !== 'Not shown')).toEqual([]);
		}
	});

	test.each(attributes)('hold no number of people of a group, by %s', async (by) => {
		const charts = chartsOf(await read(by));
		const exact = charts.flatMap(groupsOf).filter((group) => group.people.type === 'exact');

		expect(exact).toEqual([]);
		expect(numbersIn(charts)).toEqual([]);
	});

	test.each(attributes)('list groups in the order of the survey or district, by %s', async (by) => {
		for (const chart of chartsOf(await read(by))) {
			const ids = groupsOf(chart).map(({ id }) => id);
			expect(ids).toEqual(order[by].filter((id) => ids.includes(id)));
		}
	});

	test('are the same in the file as in the answer, cell by cell', async () => {
		const charts = [...chartsOf(await read()), ...chartsOf(await read('race'))];
		for (const chart of charts) {
			const rows = await readCsv(chart.id);
			const inFile = rows.flat().filter((cell) => /\d%$|^Not shown$/.test(cell));
			expect(inFile).toEqual(figuresOf(chart));
		}
		expect(charts.length).toBeGreaterThan(6);
	});

	test('are said in three languages, the file too', async () => {
		const path = `${base}/${seeded.windowId}/charts/Q1-by-race/csv`;
		const words = await Promise.all(
			['en', 'es', 'ar'].map(async (language) => {
				const response = await sut.app.request(`${path}?language=${language}`);
				return response.text();
			}),
		);

		expect(words[0]).toContain('Not shown');
		expect(words[1]).toContain('No se muestra');
		expect(words[2]).toContain('غير معروض');
	});

	test.each(['R1', 'R1-by-site', 'G1-by-race', 'themes-Q4', 'Q9', 'Q1-by-class', 'Q4'])(
		'have no chart %s: it was not protected with the others',
		async (chartId) => {
			for (const path of ['', '/csv']) {
				const { status } = await sut.send(
					'GET',
					`${base}/${seeded.windowId}/charts/${chartId}${path}`,
				);
				expect(status).toBe(404);
			}
		},
	);

	test('follow the coding: a decision more is counted at once', async () => {
		const { db } = getDatabase();
		const before = (await read()).coverage;
		const next = seeded.excerptIds.filter((id) => id !== null)[before.decided] ?? '';
		const themes = [seeded.themeIds.get('T1') ?? ''];
		await seedCodings(db, { engagementId, excerptId: next, coders, themes });
		const after = await read();

		expect(after.coverage.decided).toBe(before.decided + 1);
		expect(chartsOf(after).find(({ id }) => id === 'themes-all')?.people).toEqual({
			type: 'exact',
			n: before.decided + 1,
		});
	});

	describe('of one theme', () => {
		async function readTheme(key: string): Promise<ThemeResults> {
			const { body } = await sut.send('GET', `${base}/${seeded.windowId}/themes/${key}`);
			return body as ThemeResults; // the route's own answer
		}

		test('hold its definition, its share, cleared quotes and findings', async () => {
			const { db } = getDatabase();
			const [first = '', second = ''] = seeded.excerptIds.filter((id) => id !== null);
			const cleared = await seedQuote(db, { engagementId, excerptId: first, clearedBy: coders });
			await seedQuote(db, { engagementId, excerptId: second, clearedBy: coders.slice(1) });
			const theme = await readTheme('T1');

			expect(theme.theme).toMatchObject({ label: 'Theme T1', definition: 'What T1 means.' });
			expect(theme.share.type).toBe('shown');
			expect(theme.quotes.map(({ id }) => id)).toEqual([cleared]);
			expect(theme.quotes[0]?.themes).toContainEqual({ id: 'T1', label: 'Theme T1' });
			expect(theme.findings).toEqual([]);
		});

		test('show no small group', async () => {
			const { breakdowns } = await readTheme('T1');
			const rows = breakdowns.flatMap(({ by, rows: own }) => own.map((row) => ({ ...row, by })));
			const shown = rows.filter(({ cell, people }) => {
				return cell.type === 'shown' || people.type !== 'hidden';
			});

			expect(shown.length).toBeGreaterThan(3);
			for (const { by, id } of small) {
				expect(shown.filter((row) => row.by === by && row.id === id)).toEqual([]);
			}
		});

		test('are not there for a key the codebook does not have', async () => {
			const { status } = await sut.send('GET', `${base}/${seeded.windowId}/themes/T9`);
			expect(status).toBe(404);
		});
	});

	test('do not exist before the window is opened', async () => {
		const { db } = getDatabase();
		await db
			.updateTable('survey_window')
			.set({ status: 'closed' })
			.where('id', '=', seeded.windowId)
			.execute();
		const other = testApp(db);
		other.signInAs(staff(coders[0] ?? '', engagementId, ['advisory_member']));
		const { status, body } = await other.send('GET', `${base}/${seeded.windowId}`);
		const list = await other.send('GET', base);
		await db
			.updateTable('survey_window')
			.set({ status: 'opened' })
			.where('id', '=', seeded.windowId)
			.execute();

		expect(status).toBe(409);
		expect(body).toMatchObject({ error: { code: 'window_not_opened' } });
		expect(list.body).toEqual({ windows: [] });
	});

	test.each(['police_partner', 'complaint_officer', 'safety_responder'] as const)(
		'are not for the %s',
		async (role) => {
			signIn([role]);
			for (const path of ['', `/${seeded.windowId}`, `/${seeded.windowId}/charts/Q1/csv`]) {
				expect((await sut.send('GET', base + path)).status).toBe(403);
			}
		},
	);
});

/** 55 at north, 28 at south, 4 at tiny; three of race nhpi, four who describe their gender. */
function craftAnswers({
	north,
	south,
	tiny,
}: Record<'north' | 'south' | 'tiny', SeededSite>): SeededAnswer[] {
	const place = (index: number) => {
		if (index >= 83) {
			return { site: tiny, grade: '11' };
		}
		return index >= 55
			? { site: south, grade: '6' }
			: { site: north, grade: index % 2 === 0 ? '9' : '10' };
	};
	return Array.from({ length: 87 }, (_, index): SeededAnswer => {
		const race = raceOf(index);
		const isSmall = index >= 83 || race === 'nhpi';
		return {
			...place(index),
			values: {
				Q1: isSmall ? '5' : String((index % 5) + 1),
				Q2: isSmall || index % 3 === 0 ? 'a' : 'b',
				Q3: index % 4 === 0 ? ['x', 'y'] : ['x'],
				...(index < 60 && { Q4: `It was answer number ${index}.` }),
				R1: [race],
				G1: genderOf(index),
			},
			...(index < 40 && { themes: index % 3 === 0 ? ['T1', 'T2'] : ['T1'] }),
		};
	});
}

function genderOf(index: number): string {
	if (index % 20 === 7) {
		return 'self';
	}
	return index % 2 === 0 ? 'girl' : 'boy';
}

function raceOf(index: number): string {
	if (index % 29 === 5) {
		return 'nhpi';
	}
	if (index % 4 === 1) {
		return 'black';
	}
	return index % 7 === 2 ? 'asian' : 'white';
}

function labelOf(id: string): string {
	return { tiny: 'tiny school', '11-12': 'Grades 11–12' }[id] ?? `Option ${id}`;
}

function groupsOf(chart: Chart): { id: string; people: PeopleCount | { type: 'hidden' } }[] {
	return chart.kind === 'groups' ? chart.groups : [];
}

/** The words of every cell of a chart, in the order of its file. */
function figuresOf(chart: Chart): string[] {
	const texts: string[] = [];
	const collect = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) {
			return;
		}
		if ('type' in value && value.type === 'hidden') {
			texts.push('Not shown');
		} else if ('text' in value && 'low' in value) {
			texts.push(String(value.text));
		} else {
			Object.values(value).forEach(collect);
		}
	};
	switch (chart.kind) {
		case 'participation':
			chart.attributes.forEach(({ rows }) => {
				rows.forEach((row) => {
					collect([row.tookPart, row.enrolled]);
					// Where the share is hidden, so is the gap.
					texts.push(...(row.tookPart.type === 'hidden' ? ['Not shown'] : []));
				});
			});
			break;
		case 'likert':
			chart.rows.forEach((row) => {
				collect([row.people, ...row.cells, row.notSure, row.disagree, row.agree]);
			});
			break;
		case 'groups':
			collect([chart.groups.map(({ people }) => people), chart.rows.map(({ cells }) => cells)]);
			break;
		default:
			collect(chart.rows.map(({ cell }) => cell));
	}
	return texts;
}

/** Numbers that are neither a bound of shown words nor the number of all who answered. */
function numbersIn(value: unknown, path: string[] = []): string[] {
	if (typeof value === 'number') {
		const key = path.at(-1) ?? '';
		const isTotal = key === 'n' && path.at(-2) === 'people' && !path.includes('groups');
		return key === 'low' || key === 'high' || isTotal ? [] : [path.join('.')];
	}
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, own]) => numbersIn(own, [...path, key]))
		: [];
}
