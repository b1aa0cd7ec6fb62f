/** Files whose changes the same tests should notice. */
export interface Part {
	/** What is changed. */
	files: readonly string[];
	/** The tests that may notice it. */
	tests: readonly string[];
}

/** A folder whose tests must notice when its code is changed. */
export interface Target {
	/** The package, which the tests run in. */
	package: string;
	/** Below it. Every file in it belongs to exactly one part, or is nothing but tests' own. */
	folder: string;
	/**
	 * Run one after the other: what is changed runs slowly, and laws tried on hundreds of cases
	 * would take hours if the solver beneath them were changed with what they are about.
	 */
	parts: Readonly<Record<string, Part>>;
}

/** The share of changes that must be noticed, in percent, over each folder. */
export const LEAST_SCORE = 80;

export const targets: Readonly<Record<string, Target>> = {
	disclosure: {
		package: 'packages/analysis',
		folder: 'src/disclosure',
		parts: {
			figures: {
				files: [
					'dialog-source',
					'dialog-themes',
					'differencing',
					'incidents',
					'index',
					'mean',
					'one-dimension',
					'params',
					'percent',
					'quotes',
					'response-rate',
					'risk-ratio',
					'row-classes',
					'rows',
					'seal',
					'vector-schemas',
					'vectors',
				],
				tests: [
					'dialog-source',
					'dialog-themes',
					'differencing',
					'mean',
					'one-dimension',
					'percent',
					'quotes',
					'response-rate',
					'risk-ratio',
					'rows',
					'seal',
					'vectors',
				],
			},
			solvers: {
				files: ['rank', 'simplex', 'tableau', 'witness-search'],
				tests: ['rank', 'simplex', 'two-dimension', 'witness-search'],
			},
			counts: {
				files: ['count-audit', 'count-table', 'grid-audit', 'two-dimension'],
				tests: ['count-audit', 'two-dimension', 'vectors'],
			},
			results: {
				files: [
					'arrangement',
					'known-people',
					'participation',
					'participation-audit',
					'protected-table',
					'question-system',
					'release',
					'release-audit',
					'results',
					'results-audit',
					'results-targets',
					'shares',
				],
				tests: ['participation', 'results', 'known-people', 'question-system', 'release'],
			},
		},
	},
	policies: {
		package: 'apps/api',
		folder: 'src/policies',
		parts: { all: { files: ['principal', 'verbs'], tests: ['verbs'] } },
	},
};
