import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { surveyParams } from './params.ts';
import { type ParticipationInput, protectParticipation } from './participation.ts';
import { type KnownRates, ratesKnown } from './rates-known.ts';
import { auditRelease } from './release-audit.ts';
import { protectRelease } from './release.ts';
import { protectResponseRates } from './response-rate.ts';
import { impliedPeople } from './shares.ts';

const options = { minN: 10, nests: [] };

interface School {
	eligible: number;
	answered: number;
}

function ratesOf(schools: readonly School[], areGroupsWhole = true): KnownRates {
	const { all, sites } = protectResponseRates(
		schools.map((school, index) => ({
			id: `s${index}`,
			cohorts: [{ id: 'all', ...school }],
		})),
		surveyParams,
	);
	return {
		populationId: 'students',
		attributeId: 'site',
		all,
		groups: sites.map(({ id, rate }) => ({ id, rate })),
		areGroupsWhole,
		areFinal: true,
	};
}

const releaseOf = (schools: readonly School[]) => protectParticipation(inputOf(schools));

function inputOf(schools: readonly School[]): ParticipationInput {
	return {
		id: 'who by site',
		populationId: 'students',
		attributeId: 'site',
		responded: schools.reduce((sum, { answered }) => sum + answered, 0),
		groups: schools.map(({ eligible, answered }, index) => ({
			id: `s${index}`,
			label: `s${index}`,
			enrolled: eligible,
			responded: answered,
		})),
		pool: { id: 'pool', label: 'Pool' },
		params: surveyParams,
	};
}

const schools = fc
	.array(
		fc.record({
			eligible: fc.integer({ min: 12, max: 900 }),
			part: fc.double({ min: 0, max: 1, noNaN: true }),
		}),
		{
			minLength: 2,
			maxLength: 12,
		},
	)
	.map((list) =>
		list.map(({ eligible, part }): School => ({ eligible, answered: Math.round(eligible * part) })),
	);

describe('response rates beside a release', () => {
	test('say of each school a range that holds the true number', () => {
		fc.assert(
			fc.property(schools, fc.boolean(), (list, isWhole) => {
				const { rows, total } = ratesKnown(ratesOf(list, isWhole));
				const all = list.reduce((sum, { answered }) => sum + answered, 0);
				const implied = impliedPeople(total.people);
				expect(implied.low).toBeLessThanOrEqual(all);
				expect(implied.high).toBeGreaterThanOrEqual(all);
				for (const [index, { answered }] of list.entries()) {
					const row = rows.find(({ id }) => id === `s${index}`);
					const { low, high } = impliedPeople(row?.people ?? { type: 'hidden' });
					expect([low <= answered, high >= answered, isWhole || low === 0]).toEqual([
						true,
						true,
						true,
					]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('never contradict it, whoever took part', () => {
		fc.assert(
			fc.property(schools, (list) => {
				const { problems } = auditRelease(
					[releaseOf(list)],
					[[ratesKnown(ratesOf(list))]],
					options,
				);
				expect(problems.filter(({ reason }) => reason === 'contradiction')).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	describe('tell a school that is hidden together with one whose rate was shown', () => {
		const list = [
			{ eligible: 40, answered: 6 },
			{ eligible: 100, answered: 62 },
			{ eligible: 100, answered: 61 },
		];
		const shown = releaseOf(list);
		const hidden = (ids: readonly string[]) => ({
			...shown,
			pool: null,
			statedN: 129,
			rows: ratesKnown(ratesOf(list)).rows.map((row) => ({
				...row,
				people: ids.includes(row.id)
					? ({ type: 'hidden' } as const)
					: ({ type: 'band', band: '60-69' } as const),
			})),
		});
		const rates = (told: readonly string[]) => {
			const known = ratesOf(list);
			const told60 = { display: '60–65%', low: 60, high: 65, nBand: '40-99' };
			return ratesKnown({
				...known,
				groups: known.groups.map(({ id, rate }) => ({
					id,
					rate: { ...rate, shown: told.includes(id) ? told60 : null },
				})),
			});
		};

		it('which nobody could tell from the release alone', () => {
			expect(auditRelease([hidden(['s0', 's1'])], [], options).problems).toEqual([]);
		});

		it('and the audit of both finds the small one, not the one that was told', () => {
			const { problems } = auditRelease([hidden(['s0', 's1'])], [[rates(['s1', 's2'])]], options);
			expect(problems).toContainEqual({
				table: 'who by site',
				cell: 'people of s0',
				low: 1,
				high: 9,
				reason: 'narrow',
			});
			expect(problems.map(({ cell }) => cell)).not.toContain('people of s1');
		});

		it('while rates that hide both change nothing', () => {
			expect(auditRelease([hidden(['s0', 's1'])], [[rates(['s2'])]], options).problems).toEqual([]);
		});
	});

	test('leave every release possible that shows no school at all', () => {
		fc.assert(
			fc.property(schools, (list) => {
				// Fewer are no release at all.
				fc.pre(list.reduce((sum, { answered }) => sum + answered, 0) >= 20);
				const known = ratesKnown(ratesOf(list));
				const { audit } = protectRelease(
					{ participation: [inputOf(list)], results: [], counts: [], earlier: [[known]] },
					options,
				);
				expect(audit.problems).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	it('read a share at its ends as it was meant', () => {
		const people = (eligible: number, answered: number) =>
			ratesKnown(ratesOf([{ eligible, answered }])).rows[0]?.people;

		expect(people(200, 200)).toEqual({ type: 'band', band: '190-200' });
		expect(people(200, 70)).toEqual({ type: 'band', band: '70-79' });
		expect(people(41, 10)).toEqual({ type: 'band', band: '10-12' });
		expect(people(200, 9)).toEqual({ type: 'hidden' });
	});

	it('say how many there were at least, while more may have answered since', () => {
		const known = ratesKnown({ ...ratesOf([{ eligible: 200, answered: 70 }]), areFinal: false });

		expect(known.rows[0]?.people).toEqual({ type: 'band', band: '70-200' });
		expect(known.total.people).toEqual({ type: 'band', band: '70-200' });
	});

	it('leave out a school where nobody could answer', () => {
		expect(ratesKnown(ratesOf([{ eligible: 0, answered: 0 }])).rows).toEqual([]);
	});
});
