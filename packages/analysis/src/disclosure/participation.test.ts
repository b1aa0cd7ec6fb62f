import { describe, expect, it } from 'vitest';
import { surveyParams } from './params.ts';
import { type ParticipationInput, protectParticipation, rangeOfPeople } from './participation.ts';

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
