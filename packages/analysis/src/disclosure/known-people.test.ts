import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelNest, makeDistrict, usualAttributes } from './district-fixture.ts';
import { knownPeople } from './known-people.ts';
import { surveyParams } from './params.ts';
import { auditParticipation } from './participation-audit.ts';
import { protectParticipation } from './participation.ts';
import { peopleKey } from './question-system.ts';
import { protectResults } from './results.ts';

describe('what who took part says of who answered', () => {
	it('never excludes the true numbers', () => {
		const seeds = fc.integer({ min: 1, max: 1_000_000 });
		const modes = fc.constantFrom('pool_then_suppress' as const, 'suppress' as const);
		fc.assert(
			fc.property(seeds, fc.constantFrom(60, 200, 900), modes, (seed, students, smallGroup) => {
				const plan = { seed, students, questions: 2, skip: 0.05, attributes: usualAttributes };
				const { participation, results } = makeDistrict(plan, { ...surveyParams, smallGroup });
				const took = participation.map(protectParticipation);
				const audit = auditParticipation(took, { minN: 10, nests: [levelNest] });
				const tables = [...took, ...results.map((input) => protectResults(input).table)];
				const audits = new Map([['students', audit]]);

				const wrongParticipants = participation.flatMap((input) =>
					input.groups.filter(({ id, responded }) => {
						const { low, high } = audit.bounds.get(input.attributeId)?.get(id) ?? {
							low: 1,
							high: 0,
						};
						return responded < low - 1e-6 || responded > high + 1e-6;
					}),
				);
				const wrongAnswers = results.flatMap((input) => {
					const { table } = protectResults(input);
					const known = knownPeople(table, tables, audits);
					return input.groups.filter(({ id, n }) => {
						const { low, high } = known.get(peopleKey(input.attributeId, id)) ?? {
							low: 1,
							high: 0,
						};
						return n < low || n > high;
					});
				});

				expect(wrongParticipants).toEqual([]);
				expect(wrongAnswers).toEqual([]);
			}),
			{ seed: 51, numRuns: 25 },
		);
	});
});
