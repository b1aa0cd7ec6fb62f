import { describe, expect, it } from 'vitest';
import golden from '../../test-data/golden-statistics.json' with { type: 'json' };
import { riskRatio } from './risk-ratio.ts';

describe('risk ratios of 34 CFR 300.647', () => {
	it('match the golden ratio', () => {
		const [x = 0, n = 0] = golden.risk_ratio.example.group;
		const [otherX = 0, otherN = 0] = golden.risk_ratio.example.others;

		expect(riskRatio({ x, n }, { x: otherX, n: otherN })).toMatchObject({
			status: 'risk_ratio',
			ratio: golden.risk_ratio.example.risk_ratio,
		});
	});

	it.each([
		['the group is below the minimum cell', { x: 9, n: 400 }, { x: 120, n: 3000 }],
		['the group is below the minimum n', { x: 20, n: 29 }, { x: 120, n: 3000 }],
		['the others are nobody and no state risk is known', { x: 40, n: 400 }, { x: 0, n: 3000 }],
	])('are not calculated where %s', (_, target, comparison) => {
		expect(riskRatio(target, comparison).status).toBe('not_calculated');
	});

	it('turn to the state where the other groups are too few', () => {
		const ratio = riskRatio({ x: 40, n: 400 }, { x: 0, n: 3000 }, { stateRiskPercent: 2 });

		expect(ratio).toEqual({
			status: 'alternate_risk_ratio',
			risk: 10,
			comparisonRisk: 2,
			ratio: 5,
		});
	});
});
