/** Files whose changes the same tests should notice. */
export interface Part {
	/** What is changed. */
	files: readonly string[];
	/** The tests that may notice it, from the package. */
	tests: readonly string[];
}

/** A folder whose tests must notice when its code is changed. */
export interface Target {
	/** The package, which the tests run in. */
	package: string;
	/** Below it. Every file in it belongs to exactly one part, or is nothing but tests' own. */
	folder: string;
	/** True where the folder holds other things too, and the parts name what is meant. */
	isPartOfFolder?: boolean;
	/**
	 * Run one after the other: what is changed runs slowly, and laws tried on hundreds of cases
	 * would take hours if the solver beneath them were changed with what they are about.
	 */
	parts: Readonly<Record<string, Part>>;
}

/** The share of changes that must be noticed, in percent, over each folder. */
export const LEAST_SCORE = 80;

const FIGURE_TESTS = [
	'src/disclosure/dialog-source',
	'src/disclosure/dialog-themes',
	'src/disclosure/differencing',
	'src/disclosure/mean',
	'src/disclosure/one-dimension',
	'src/disclosure/percent',
	'src/disclosure/quotes',
	'src/disclosure/rates-known',
	'src/disclosure/response-rate',
	'src/disclosure/risk-ratio',
	'src/disclosure/rows',
	'src/disclosure/seal',
	'src/disclosure/vector-schemas',
	'src/disclosure/vectors',
];

const SOLVER_TESTS = [
	'src/disclosure/simplex',
	'src/disclosure/simplex-corners',
	'src/disclosure/two-dimension',
	'src/disclosure/witness-search',
];

export const targets: Readonly<Record<string, Target>> = {
	disclosure: {
		package: 'packages/analysis',
		folder: 'src/disclosure',
		parts: {
			figures: {
				files: [
					'differencing',
					'index',
					'mean',
					'one-dimension',
					'params',
					'percent',
					'rates-known',
					'response-rate',
					'risk-ratio',
				],
				tests: FIGURE_TESTS,
			},
			dialogs: {
				files: ['dialog-source', 'dialog-themes', 'incidents', 'quotes'],
				tests: FIGURE_TESTS,
			},
			rows: { files: ['row-classes', 'rows', 'seal'], tests: FIGURE_TESTS },
			vectors: { files: ['vector-schemas', 'vectors'], tests: FIGURE_TESTS },
			rank: {
				files: ['rank', 'witness-search'],
				tests: [
					'src/disclosure/rank',
					'src/disclosure/simplex',
					'src/disclosure/two-dimension',
					'src/disclosure/witness-search',
				],
			},
			simplex: { files: ['simplex'], tests: SOLVER_TESTS },
			tableau: { files: ['tableau'], tests: SOLVER_TESTS },
			counts: {
				files: ['count-audit', 'count-table', 'grid-audit', 'two-dimension'],
				tests: [
					'src/disclosure/count-audit',
					'src/disclosure/count-population',
					'src/disclosure/two-dimension',
					'src/disclosure/vectors',
				],
			},
			results: {
				files: [
					'arrangement',
					'known-people',
					'protected-table',
					'question-system',
					'results',
					'results-audit',
					'results-targets',
					'shares',
				],
				tests: [
					'src/disclosure/arrangement',
					'src/disclosure/known-people-bounds',
					'src/disclosure/question-worlds',
					'src/disclosure/results',
					'src/disclosure/results-audit',
					'src/disclosure/results-rules',
					'src/disclosure/results-targets',
					'src/disclosure/shares',
				],
			},
			releases: {
				files: ['participation', 'participation-audit', 'release', 'release-audit'],
				tests: [
					'src/disclosure/participation',
					'src/disclosure/participation-audit',
					'src/disclosure/rates-known',
					'src/disclosure/release',
					'src/disclosure/release-guard',
					'src/disclosure/release-tables',
				],
			},
		},
	},
	policies: {
		package: 'apps/api',
		folder: 'src/policies',
		parts: {
			all: {
				files: ['assurance', 'principal', 'transcript-reader', 'verbs'],
				tests: ['src/policies/assurance', 'src/policies/transcript-reader', 'src/policies/verbs'],
			},
		},
	},
	ballot: {
		package: 'apps/api',
		folder: 'src/ballot',
		parts: {
			sealed: {
				files: ['code', 'draft', 'envelope', 'merge-cohorts', 'padding', 'sealed-box', 'shuffle'],
				tests: [
					'src/ballot/code',
					'src/ballot/merge-cohorts',
					'src/ballot/sealing',
					'src/ballot/shuffle',
				],
			},
			keys: { files: ['epoch-keys'], tests: ['src/ballot/epoch-keys'] },
		},
	},
	opening: {
		package: 'apps/api',
		folder: 'src/actions',
		isPartOfFolder: true,
		parts: {
			all: {
				files: ['destroy-epoch-keys', 'open-envelopes'],
				tests: ['src/actions/open-envelopes', 'src/jobs/destroy-keys-job'],
			},
		},
	},
};
