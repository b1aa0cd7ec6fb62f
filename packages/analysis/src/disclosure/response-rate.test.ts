import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyParams } from './params.ts';
import { protectResponseRates, type SiteCount } from './response-rate.ts';

const { minN } = surveyParams;

const cohort = fc
	.record({
		eligible: fc.integer({ min: 0, max: 400 }),
		share: fc.double({ min: 0, max: 1, noNaN: true }),
	})
	.map(({ eligible, share }) => ({
		eligible,
		// Many small numbers: protection is about them.
		answered: Math.round(eligible * share ** 3),
	}));
const districts = fc
	.array(fc.array(cohort, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 6 })
	.map((sites) =>
		sites.map((cohorts, site): SiteCount => ({
			id: `s${site}`,
			cohorts: cohorts.map((counts, grade) => ({ ...counts, id: `g${grade}` })),
		})),
	);

describe('response rates', () => {
	it('show an interval of the share and a band of the count', () => {
		const { all, sites } = protectResponseRates(
			[
				{
					id: 'north',
					cohorts: [
						{ id: '9', eligible: 200, answered: 73 },
						{ id: '10', eligible: 60, answered: 31 },
						{ id: '11', eligible: 30, answered: 12 },
						{ id: '12', eligible: 100, answered: 99 },
					],
				},
			],
			surveyParams,
		);

		expect(all.shown?.display).toBe('55–60%');
		expect(sites[0]?.cohorts.map(({ rate }) => rate.shown?.display)).toEqual([
			'35–40%',
			'50–60%',
			'40–60%',
			'≥95%',
		]);
		expect(sites[0]?.cohorts[0]?.rate).toEqual({
			eligible: 200,
			shown: { display: '35–40%', low: 35, high: 40, nBand: '40-99' },
		});
	});

	it('hide a small grade and the one that would give it away', () => {
		const { sites } = protectResponseRates(
			[
				{
					id: 'north',
					cohorts: [
						{ id: '9', eligible: 100, answered: 60 },
						{ id: '10', eligible: 100, answered: 4 },
						{ id: '11', eligible: 100, answered: 20 },
					],
				},
			],
			surveyParams,
		);

		expect(sites[0]?.cohorts.map(({ rate }) => rate.shown !== null)).toEqual([true, false, false]);
		expect(sites[0]?.rate.shown).not.toBeNull();
	});

	it('hide everything on a quiet first day', () => {
		const quiet = [{ id: 'north', cohorts: [{ id: '9', eligible: 100, answered: 9 }] }];
		const { all, sites } = protectResponseRates(quiet, surveyParams);
		expect([all.shown, sites[0]?.rate.shown, sites[0]?.cohorts[0]?.rate.shown]).toEqual([
			null,
			null,
			null,
		]);
	});

	it('never show fewer than minN, and true shares lie within what is shown', () => {
		fc.assert(
			fc.property(districts, (district) => {
				const wrong = linesOf(district)
					.flatMap(({ parts }) => parts)
					.filter(({ counts, shown }) => {
						const share = (100 * counts.answered) / counts.eligible;
						return (
							shown !== null && (counts.answered < minN || share < shown.low || share > shown.high)
						);
					});
				expect(wrong).toEqual([]);
			}),
		);
	});

	it('cannot be solved for a hidden rate even by who knows every shown count exactly', () => {
		fc.assert(
			fc.property(districts, (district) => {
				expect(linesOf(district).filter(isExposed)).toEqual([]);
			}),
		);
	});

	it('would be solved if small counts were merely hidden (the control)', () => {
		const naive = fc.check(
			fc.property(districts, (district) => {
				expect(linesOf(district, hideSmall).filter(isExposed)).toEqual([]);
			}),
		);
		expect(naive.failed).toBe(true);
	});

	it('show nearly everything where nobody is few', () => {
		const large = fc.integer({ min: 30, max: 400 });
		const district = fc.array(fc.array(large, { minLength: 2, maxLength: 4 }), {
			minLength: 2,
			maxLength: 6,
		});
		fc.assert(
			fc.property(district, (counts) => {
				const sites = counts.map((grades, site) => ({
					id: `s${site}`,
					cohorts: grades.map((answered, grade) => ({
						id: `g${grade}`,
						eligible: 500,
						answered,
					})),
				}));
				const parts = linesOf(sites).flatMap((line) => line.parts);
				expect(parts.every(({ shown }) => shown !== null)).toBe(true);
			}),
		);
	});
});

interface Part {
	counts: { eligible: number; answered: number };
	shown: { low: number; high: number } | null;
}

/** Each total with its parts: the district with its sites, each site with its grades. */
function linesOf(
	district: SiteCount[],
	hide?: (parts: Part[]) => Part[],
): { isTotalShown: boolean; parts: Part[] }[] {
	const rates = protectResponseRates(district, surveyParams);
	const sites = district.map((site, index) => {
		const shown = rates.sites[index];
		const counts = {
			eligible: site.cohorts.reduce((sum, { eligible }) => sum + eligible, 0),
			answered: site.cohorts.reduce((sum, { answered }) => sum + answered, 0),
		};
		return {
			total: { counts, shown: shown?.rate.shown ?? null },
			parts: site.cohorts.map((part, grade) => ({
				counts: part,
				shown: shown?.cohorts[grade]?.rate.shown ?? null,
			})),
		};
	});
	const total = sites.map((site) => site.total);
	const sum = total.reduce((answered, part) => answered + part.counts.answered, 0);
	return [
		{ isTotalShown: sum >= minN, parts: hide?.(total) ?? total },
		...sites.map((site) => ({
			isTotalShown: hide ? site.total.counts.answered >= minN : site.total.shown !== null,
			parts: hide?.(site.parts) ?? site.parts,
		})),
	];
}

function hideSmall(parts: Part[]): Part[] {
	return parts.map((part) => ({
		...part,
		shown: part.counts.answered >= minN ? { low: 0, high: 100 } : null,
	}));
}

/** A hidden count is exposed when the total and the shown parts leave it a range below minN. */
function isExposed({ isTotalShown, parts }: { isTotalShown: boolean; parts: Part[] }): boolean {
	const hidden = parts.filter(({ counts, shown }) => shown === null && counts.eligible > 0);
	if (!isTotalShown) {
		return hidden.length < parts.filter(({ counts }) => counts.eligible > 0).length;
	}
	const rest = hidden.reduce((sum, { counts }) => sum + counts.answered, 0);
	return hidden.length > 0 && (hidden.length === 1 || rest < minN);
}
