/** Unduplicated students with an outcome, of all enrolled. */
export interface RiskGroup {
	x: number;
	n: number;
}

/** Risks in percent and their ratio, two decimals each, or why there is none. */
export type RiskRatio =
	| {
			status: 'risk_ratio' | 'alternate_risk_ratio';
			risk: number;
			comparisonRisk: number;
			ratio: number;
	  }
	| { status: 'not_calculated'; reason: string };

/** The sizes below which no ratio is calculated. 10 and 30 are presumptively reasonable. */
export interface RiskMinimums {
	cell: number;
	n: number;
}

/**
 * Risk ratio of 34 CFR 300.647: the group's risk over that of all other groups; over all others in
 * the state where the local comparison is below the minimums; none where the group itself is. The
 * rule is about children with disabilities: for citations it is a borrowed yardstick, say so.
 */
export function riskRatio(
	target: RiskGroup,
	comparison: RiskGroup,
	{
		stateRiskPercent = null,
		minimums = { cell: 10, n: 30 },
	}: { stateRiskPercent?: number | null; minimums?: RiskMinimums } = {},
): RiskRatio {
	const isLarge = ({ x, n }: RiskGroup): boolean => x >= minimums.cell && n >= minimums.n;
	if (!isLarge(target)) {
		return notCalculated('target group below minimum cell or n size');
	}
	const risk = (100 * target.x) / target.n;
	if (isLarge(comparison)) {
		const comparisonRisk = (100 * comparison.x) / comparison.n;
		return ratioOf('risk_ratio', risk, comparisonRisk);
	}
	if (stateRiskPercent === null || stateRiskPercent <= 0) {
		return notCalculated('comparison group below minimum cell or n size, no state risk');
	}
	return ratioOf('alternate_risk_ratio', risk, stateRiskPercent);
}

function ratioOf(
	status: 'risk_ratio' | 'alternate_risk_ratio',
	risk: number,
	comparisonRisk: number,
): RiskRatio {
	return {
		status,
		risk: twoDecimals(risk),
		comparisonRisk: twoDecimals(comparisonRisk),
		ratio: twoDecimals(risk / comparisonRisk),
	};
}

function notCalculated(reason: string): RiskRatio {
	return { status: 'not_calculated', reason };
}

function twoDecimals(value: number): number {
	return Math.round(value * 100) / 100;
}
