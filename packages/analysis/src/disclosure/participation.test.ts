import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyParams } from './params.ts';
import {
	type ParticipationInput,
	protectParticipation,
	rangeOfPeople,
	withholdParticipation,
} from './participation.ts';

const input: ParticipationInput = {
	id: 'who by race',
	populationId: 'students',
	attributeId: 'race',
	responded: 1000,
	groups: [
		{ id: 'white', label: 'White', enrolled: 1000, responded: 760 },
		{ id: 'black', label: 'Black', enrolled: 260, responded: 150 },
		{ id: 'asian', label: 'Asian', enrolled: 60, responded: 47 },
		{ id: 'indian', label: 'American Indian', enrolled: 30, responded: 8 },
		{ id: 'islander', label: 'Pacific Islander', enrolled: 4, responded: 3 },
	],
	pool: { id: 'pool', label: 'All masked groups' },
	params: surveyParams,
};

describe('who took part', () => {
	it('shows enrolment as it is and participants as a range', () => {
		const [white] = protectParticipation(input).rows;

		expect(white).toMatchObject({
			enrolled: 1000,
			enrolledShare: { text: '74%' },
			people: { type: 'band', band: '760-769' },
			share: { type: 'shown', figure: { text: '79%' } },
			rate: { type: 'shown', figure: { text: '76–77%' } },
			gap: 'over',
		});
	});

	it('pools small groups and names the members', () => {
		const table = protectParticipation(input);

		expect(table.pool).toEqual({ id: 'pool', members: ['indian', 'islander'] });
		expect(table.rows.at(-1)).toMatchObject({ enrolled: 34, people: { band: '10-19' } });
	});

	it('hides small groups without naming a number where pooling is off', () => {
		const table = protectParticipation({
			...input,
			params: { ...surveyParams, smallGroup: 'suppress' },
		});

		const hidden = table.rows.filter(({ people }) => people.type === 'hidden');

		expect(hidden.map(({ id }) => id)).toEqual(['indian', 'islander']);
		expect(
			hidden.every(({ share, rate }) => share.type === 'hidden' && rate.type === 'hidden'),
		).toBe(true);
		expect(JSON.stringify(table)).not.toMatch(/"responded"/);
	});

	it('shows nothing but enrolment when fewer than minN took part at all', () => {
		const table = protectParticipation({
			...input,
			responded: 9,
			groups: input.groups.map((group) => ({ ...group, responded: group.id === 'white' ? 9 : 0 })),
		});

		expect(table.total).toEqual({
			enrolled: 1354,
			people: { type: 'band', band: '<10' },
			rate: { type: 'hidden' },
		});
		expect(table.isBreakdownShown).toBe(false);
	});

	it('refuses more participants than enrolled', () => {
		const groups = [{ id: 'a', label: 'A', enrolled: 4, responded: 5 }];

		expect(() => protectParticipation({ ...input, groups })).toThrow(/4 are enrolled/);
	});

	it('says of every group what its range says, and of the total the number itself', () => {
		const { rows, ...table } = protectParticipation(input);

		// Ranges are ten wide: 1 % of the 968 who stated their race is less.
		const lines = rows.map(({ id, people, share, rate, enrolledShare, gap }) => [
			id,
			enrolledShare.text,
			people.type === 'band' ? people.band : people.type,
			share.type === 'shown' ? share.figure.text : share.type,
			rate.type === 'shown' ? rate.figure.text : rate.type,
			gap,
		]);
		expect(lines).toEqual([
			['white', '74%', '760-769', '79%', '76–77%', 'over'],
			['black', '19%', '150-159', '15–16%', '58–61%', 'under'],
			['asian', '4%', '40-49', '4–5%', '67–82%', null],
			['pool', '3%', '10-19', '1–2%', '29–56%', 'under'],
		]);
		expect(table).toEqual({
			kind: 'participation',
			id: 'who by race',
			populationId: 'students',
			attributeId: 'race',
			total: {
				enrolled: 1354,
				people: { type: 'exact', n: 1000 },
				rate: { type: 'shown', figure: { text: '74%', low: 74, high: 74 } },
			},
			statedN: 968,
			pool: { id: 'pool', members: ['indian', 'islander'] },
			isBreakdownShown: true,
		});
		expect(rows.map(({ label, members }) => [label, members])).toEqual([
			['White', ['white']],
			['Black', ['black']],
			['Asian', ['asian']],
			['All masked groups', ['indian', 'islander']],
		]);
	});

	it('shows the total alone where the groups are withheld, and no number of those who stated one', () => {
		const { rows, total, statedN, pool, isBreakdownShown } = withholdParticipation(input);

		expect(total.people).toEqual({ type: 'exact', n: 1000 });
		expect({ statedN, pool, isBreakdownShown }).toEqual({
			statedN: null,
			pool: null,
			isBreakdownShown: false,
		});
		expect(rows.map(({ id, enrolled, people, gap }) => [id, enrolled, people.type, gap])).toEqual([
			['white', 1000, 'hidden', null],
			['black', 260, 'hidden', null],
			['asian', 60, 'hidden', null],
			['indian', 30, 'hidden', null],
			['islander', 4, 'hidden', null],
		]);
	});

	it('hides more than the small groups where enrolment would give them away', () => {
		// All 14 of the first took part, so 10-14; the sum of 40 leaves 6 to 10 for the hidden pair
		// beside 20-29, which is known too well: a further group goes.
		const table = protectParticipation({
			...input,
			responded: 44,
			groups: [
				{ id: 'a', label: 'A', enrolled: 14, responded: 14 },
				{ id: 'b', label: 'B', enrolled: 22, responded: 22 },
				{ id: 'c', label: 'C', enrolled: 9, responded: 8 },
			],
			params: { ...surveyParams, smallGroup: 'suppress' },
		});

		expect(table.rows.map(({ id, people }) => [id, people.type])).toEqual([
			['a', 'hidden'],
			['b', 'hidden'],
			['c', 'hidden'],
		]);
		expect(table.isBreakdownShown).toBe(false);
	});

	it('says 0 % of a group nobody is enrolled in, and no rate where nobody is enrolled at all', () => {
		const empty = { ...input, responded: 0, params: { ...surveyParams, minN: 0 } };
		const table = protectParticipation({
			...empty,
			groups: [{ id: 'a', label: 'A', enrolled: 0, responded: 0 }],
		});

		expect(table.total.rate).toEqual({ type: 'hidden' });
		expect(table.rows[0]?.enrolledShare).toEqual({ text: '0%', low: 0, high: 0 });
	});

	it('takes a group all of whom took part, and refuses groups that hold more than the total', () => {
		const groups = [
			{ id: 'a', label: 'A', enrolled: 40, responded: 40 },
			{ id: 'b', label: 'B', enrolled: 50, responded: 50 },
		];

		expect(protectParticipation({ ...input, responded: 90, groups }).total.people).toEqual({
			type: 'exact',
			n: 90,
		});
		expect(() => protectParticipation({ ...input, responded: 89, groups })).toThrow(
			'table who by race: groups hold 90 people, the total 89.',
		);
		expect(() => withholdParticipation({ ...input, responded: 89, groups })).toThrow(RangeError);
	});

	it.each([
		// Below ten, where a district shows groups of five.
		{ responded: 7, enrolled: 30, all: 100, minN: 5, range: [5, 9] },
		{ responded: 12, enrolled: 300, all: 1000, minN: 10, range: [10, 19] },
		{ responded: 20, enrolled: 300, all: 1000, minN: 10, range: [20, 39] },
		{ responded: 57, enrolled: 300, all: 1000, minN: 10, range: [50, 59] },
		// 95 to 99 would be five numbers: they join the range below.
		{ responded: 97, enrolled: 300, all: 1000, minN: 15, range: [85, 99] },
		// 1 % of all is more than minN.
		{ responded: 57, enrolled: 300, all: 3000, minN: 10, range: [40, 69] },
		{ responded: 130, enrolled: 300, all: 3001, minN: 10, range: [100, 130] },
		{ responded: 131, enrolled: 300, all: 3001, minN: 10, range: [131, 161] },
		// What is left above 40 of 48 is nine numbers, so 20 to 48 is one range; of 49 it is ten.
		{ responded: 48, enrolled: 48, all: 100, minN: 10, range: [20, 48] },
		{ responded: 49, enrolled: 49, all: 100, minN: 10, range: [40, 49] },
		{ responded: 450, enrolled: 900, all: 1000, minN: 10, range: [450, 459] },
		{ responded: 900, enrolled: 900, all: 1000, minN: 10, range: [890, 900] },
		{ responded: 3, enrolled: 900, all: 1000, minN: 10, range: [0, 9] },
	])(
		'says $range of $responded of $enrolled, where all are $all and minN is $minN',
		({ responded, range: [low, high], ...known }) => {
			expect(rangeOfPeople(responded, known)).toEqual({ low, high });
		},
	);

	it('gives every number of people exactly one range, whatever is known', () => {
		const known = fc.record({
			enrolled: fc.integer({ min: 10, max: 900 }),
			all: fc.integer({ min: 10, max: 5000 }),
			minN: fc.integer({ min: 5, max: 30 }),
		});
		fc.assert(
			fc.property(known, (facts) => {
				for (let next = facts.minN; next <= facts.enrolled;) {
					const range = rangeOfPeople(next, facts);
					expect(range.low).toBe(next);
					expect(rangeOfPeople(range.high, facts)).toEqual(range);
					next = range.high + 1;
				}
			}),
		);
	});

	it.each([5, 10, 15, 30])(
		'keeps every range %s values wide, where enrolment leaves as many',
		(minN) => {
			const narrow = [40, 41, 55, 103, 300, 305, 1200].flatMap((enrolled) =>
				Array.from({ length: enrolled - minN + 1 }, (_, index) => index + minN).filter(
					(responded) => {
						const { low, high } = rangeOfPeople(responded, { enrolled, all: 1400, minN });
						return (
							high - low + 1 < Math.min(minN, enrolled - minN + 1) ||
							responded < low ||
							responded > high
						);
					},
				),
			);

			expect(narrow).toEqual([]);
		},
	);
});
