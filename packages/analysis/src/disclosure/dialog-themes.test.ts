import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDialogThemes, protectDialogThemes } from './dialog-themes.ts';
import { surveyParams } from './params.ts';
import { showPercent } from './percent.ts';

const themes = ['A1'];

describe('themes of dialog sessions', () => {
	it('count a seat once, however loud it is', () => {
		const turns = Array.from({ length: 40 }, () => ({
			sessionId: 's',
			seatIds: ['loud'],
			themes: ['A1'],
		}));
		const quiet = Array.from({ length: 19 }, (_, index) => ({
			sessionId: 's',
			seatIds: [`seat ${index}`],
			themes: [],
		}));
		const sessions = [{ id: 's', participants: 20 }];
		const counts = countDialogThemes([...turns, ...quiet], sessions, { themes, minN: 10 });
		expect(counts).toEqual({
			people: 20,
			units: 1,
			themes: [{ id: 'A1', people: 1, units: 1, excerpts: 40 }],
		});
		const [row] = protectDialogThemes(counts, surveyParams).rows;
		expect(row?.share).toEqual({ type: 'shown', figure: { text: '≤10%', low: 0, high: 10 } });
	});

	it('put sessions with fewer than ten participants together, or leave them out', () => {
		const small = [
			{ id: 'a', participants: 8 },
			{ id: 'b', participants: 7 },
			{ id: 'c', participants: 12 },
		];
		const turns = ['a', 'b', 'c'].map((sessionId) => ({
			sessionId,
			seatIds: [sessionId],
			themes: ['A1'],
		}));
		const of = (sessions: typeof small) => countDialogThemes(turns, sessions, { themes, minN: 10 });
		expect(of(small)).toMatchObject({ units: 2, themes: [{ units: 2 }] });
		expect(of(small.slice(1))).toMatchObject({ units: 1, themes: [{ units: 1 }] });
	});

	it('show nothing of fewer than ten seats', () => {
		const counts = {
			people: 9,
			units: 4,
			themes: [{ id: 'A1', people: 5, units: 3, excerpts: 30 }],
		};
		expect(protectDialogThemes(counts, surveyParams)).toEqual({
			people: { type: 'band', band: '<10' },
			units: null,
			rows: [{ id: 'A1', share: { type: 'hidden' }, sessions: null, excerpts: null }],
		});
	});

	it('never leave one possible number of seats below forty, nor tell that nobody said it', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 10, max: 39 }),
				fc.integer({ min: 0, max: 39 }),
				fc.integer({ min: 3, max: 12 }),
				fc.integer({ min: 0, max: 60 }),
				(people, carrying, units, more) => {
					const x = Math.min(carrying, people);
					const raised = Math.min(x, units);
					const excerpts = x === 0 ? 0 : x + more;
					const counts = {
						people,
						units,
						themes: [{ id: 'A1', people: x, units: raised, excerpts }],
					};
					const [row] = protectDialogThemes(counts, surveyParams).rows;
					const words = showPercent(x, people, surveyParams).display;
					const top = Number(/-(\d+)$/.exec(row?.excerpts?.text ?? '')?.[1] ?? people);
					const most = row?.excerpts?.text.startsWith('<') ? 9 : top;
					const least = Number(/^(\d+) of/.exec(row?.sessions?.text ?? '')?.[1] ?? 0);
					const possible = Array.from({ length: people + 1 }, (_, n) => n).filter(
						(n) =>
							showPercent(n, people, surveyParams).display === words && n >= least && n <= most,
					);
					const alone = Array.from({ length: people + 1 }, (_, n) => n).filter(
						(n) => showPercent(n, people, surveyParams).display === words,
					);
					expect(possible).toContain(x);
					expect(possible.length).toBeGreaterThanOrEqual(Math.min(2, alone.length));
				},
			),
		);
		expect.hasAssertions();
	});

	describe('of ten seats or more', () => {
		const shown = (
			people: number,
			units: number,
			own: { people: number; units: number; excerpts: number },
		) => {
			const counts = { people, units, themes: [{ id: 'A1', ...own }] };
			const { rows, ...all } = protectDialogThemes(counts, surveyParams);
			return { ...all, sessions: rows[0]?.sessions?.text, excerpts: rows[0]?.excerpts?.text };
		};

		it('say how many seats and units there are', () => {
			expect(shown(10, 4, { people: 5, units: 3, excerpts: 50 })).toMatchObject({
				people: { type: 'exact', n: 10 },
				units: 4,
			});
		});

		it.each<
			[
				string,
				number,
				number,
				{ people: number; units: number; excerpts: number },
				string | undefined,
				string | undefined,
			]
		>([
			[
				'exactly from three units on',
				30,
				5,
				{ people: 15, units: 3, excerpts: 31 },
				'3 of 5',
				'20-39',
			],
			[
				'as fewer than three below',
				30,
				5,
				{ people: 15, units: 2, excerpts: 31 },
				'<3 of 5',
				'20-39',
			],
			[
				'not at all among fewer than three units',
				30,
				2,
				{ people: 15, units: 2, excerpts: 31 },
				undefined,
				'20-39',
			],
			['among three units', 30, 3, { people: 15, units: 3, excerpts: 31 }, '3 of 3', '20-39'],
			[
				'without a band that leaves one number of seats',
				30,
				5,
				{ people: 4, units: 2, excerpts: 4 },
				'<3 of 5',
				'<10',
			],
			['with a band of many', 30, 5, { people: 15, units: 4, excerpts: 400 }, '4 of 5', '300+'],
		])('are told %s', (_name, people, units, own, sessions, excerpts) => {
			const row = shown(people, units, own);
			expect([row.sessions, row.excerpts]).toEqual([sessions, excerpts]);
		});
	});

	it('count a session of exactly ten by itself, and smaller ones together from ten on', () => {
		const turns = ['a', 'b', 'c', 'd'].map((sessionId) => ({
			sessionId,
			seatIds: [sessionId],
			themes,
		}));
		const units = (...sizes: (number | null)[]) =>
			countDialogThemes(
				turns,
				sizes.map((participants, index) => ({ id: 'abcd'.charAt(index), participants })),
				{ themes, minN: 10 },
			).units;
		expect(units(10, 10)).toBe(2);
		expect(units(10, 9)).toBe(1);
		expect(units(5, 5)).toBe(1);
		expect(units(5, 4)).toBe(0);
		expect(units(10, 10, null)).toBe(2);
		expect(units(12, 4, 3, 3)).toBe(2);
	});

	it('count the seats that carry a theme, not those of others', () => {
		const turns = [
			{ sessionId: 'a', seatIds: ['x', 'y'], themes: ['A1'] },
			{ sessionId: 'a', seatIds: ['y', 'z'], themes: ['A1'] },
			{ sessionId: 'a', seatIds: ['w'], themes: ['B1'] },
		];
		expect(
			countDialogThemes(turns, [{ id: 'a', participants: 12 }], { themes: ['A1', 'B1'], minN: 10 }),
		).toEqual({
			people: 4,
			units: 1,
			themes: [
				{ id: 'A1', people: 3, units: 1, excerpts: 2 },
				{ id: 'B1', people: 1, units: 1, excerpts: 1 },
			],
		});
	});
});
