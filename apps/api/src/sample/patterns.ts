/**
 * How the fictional students differ. Invented, and plausible in direction only: large surveys of
 * real districts find support and doubt side by side, with less trust among the groups that are
 * stopped most.
 */

export type RaceKey =
	'american_indian' | 'asian' | 'black' | 'hispanic' | 'pacific_islander' | 'white' | 'two_or_more';

export interface SitePattern {
	/** Share of the enrolled who answer. */
	readonly rate: number;
	/** How well the officer is known, as weights of the options. */
	readonly known: { readonly name: number; readonly seen: number; readonly unsure: number };
	/** Added to the chance of each talk with the officer. */
	readonly contact: number;
	/** Added to trust in the officer, in standard deviations. */
	readonly trust: number;
}

export const sitePatterns: Readonly<Record<string, SitePattern>> = {
	trh: { rate: 0.38, known: { name: 25, seen: 65, unsure: 8 }, contact: 0, trust: 0.1 },
	gph: { rate: 0.26, known: { name: 40, seen: 52, unsure: 6 }, contact: 0.2, trust: -0.15 },
	oml: { rate: 0.4, known: { name: 0, seen: 0, unsure: 9 }, contact: 0, trust: 0 },
	bhm: { rate: 0.28, known: { name: 31, seen: 59, unsure: 9 }, contact: 0.02, trust: 0.2 },
	hbm: { rate: 0.24, known: { name: 33, seen: 56, unsure: 9 }, contact: 0.08, trust: 0 },
	qrm: { rate: 0.34, known: { name: 0, seen: 0, unsure: 12 }, contact: 0, trust: 0 },
};

/** Willingness to answer, against the average: grade 12 is under-heard. */
export const gradeRates: Readonly<Record<string, number>> = {
	'6': 1.1,
	'7': 1.05,
	'8': 0.85,
	'9': 1.15,
	'10': 1.12,
	'11': 1.03,
	'12': 0.55,
};

interface RacePattern {
	/** Willingness to answer, against the average. */
	readonly rate: number;
	readonly trust: number;
	readonly contact: number;
	/** Who answers in English; the others in Arabic (Black students) or Spanish. */
	readonly english: number;
}

export const racePatterns: Readonly<Record<RaceKey, RacePattern>> = {
	american_indian: { rate: 0.85, trust: -0.95, contact: 0.12, english: 1 },
	asian: { rate: 1.05, trust: 0.05, contact: -0.05, english: 1 },
	black: { rate: 0.85, trust: -0.75, contact: 0.15, english: 0.88 },
	hispanic: { rate: 0.95, trust: -0.25, contact: 0.03, english: 0.2 },
	pacific_islander: { rate: 0.9, trust: -0.2, contact: 0, english: 1 },
	white: { rate: 1.04, trust: 0.2, contact: 0, english: 1 },
	two_or_more: { rate: 1, trust: -0.2, contact: 0.06, english: 1 },
};

/** The survey's codes for a race of the enrolment records; students of two choose both. */
export const raceCodes: Readonly<Record<RaceKey, readonly (readonly string[])[]>> = {
	american_indian: [['aian']],
	asian: [['asian']],
	black: [['black']],
	hispanic: [['hispanic']],
	pacific_islander: [['nhpi']],
	white: [['white']],
	two_or_more: [
		['aian', 'white'],
		['black', 'white'],
		['hispanic', 'white'],
		['asian', 'white'],
		['aian', 'black'],
		['black', 'hispanic'],
	],
};

/** Enrolment records hold Middle Eastern and North African students under white. */
export const middleEasternShare = 0.04;
/** Of them, who answers in Arabic. */
export const arabicShare = 0.8;

/** How an agreement scale is answered: mean on 1–5 and what moves it, per standard deviation. */
export interface ScalePattern {
	readonly mean: number;
	readonly trust: number;
	readonly climate: number;
	readonly notSure: number;
}

export const scalePatterns: Readonly<Record<string, ScalePattern>> = {
	S01: { mean: 3.75, trust: 0.1, climate: 0.75, notSure: 0.03 },
	S03: { mean: 3.65, trust: 0.1, climate: 0.75, notSure: 0.05 },
	S04: { mean: 3.1, trust: 0.42, climate: 0.35, notSure: 0.1 },
	S09: { mean: 3.7, trust: 0.85, climate: 0.1, notSure: 0.09 },
	S10: { mean: 3.4, trust: 1, climate: 0.1, notSure: 0.14 },
	S11: { mean: 3.2, trust: 0.9, climate: 0.15, notSure: 0.07 },
	S15: { mean: 2.9, trust: 0.6, climate: 0.3, notSure: 0.12 },
};

/** Weights of options; `trust` moves a weight by that share per standard deviation of trust. */
export type OptionPattern = Readonly<
	Record<string, { readonly weight: number; readonly trust?: number }>
>;

export const singlePatterns: Readonly<Record<string, OptionPattern>> = {
	S08: {
		vneg: { weight: 5, trust: -0.8 },
		neg: { weight: 9, trust: -0.7 },
		neu: { weight: 30, trust: -0.2 },
		pos: { weight: 34, trust: 0.4 },
		vpos: { weight: 20, trust: 0.8 },
	},
	S12: {
		sro: { weight: 9, trust: 0.7 },
		teacher: { weight: 20 },
		counselor: { weight: 12 },
		admin: { weight: 11, trust: 0.2 },
		family: { weight: 22 },
		friend: { weight: 17, trust: -0.2 },
		tip: { weight: 2 },
		noone: { weight: 5, trust: -0.5 },
		other: { weight: 2 },
	},
	S13: {
		mless: { weight: 7, trust: -0.9 },
		less: { weight: 13, trust: -0.7 },
		same: { weight: 33, trust: -0.1 },
		more: { weight: 25, trust: 0.6 },
		mmore: { weight: 15, trust: 0.9 },
		ns: { weight: 7 },
	},
	S14: { yes: { weight: 21 }, part: { weight: 28 }, no: { weight: 51 } },
};

export const multiPatterns: Readonly<
	Record<string, { readonly choices: readonly [number, number]; readonly options: OptionPattern }>
> = {
	S02: {
		choices: [1, 3],
		options: {
			hall: { weight: 19 },
			bath: { weight: 34 },
			lunch: { weight: 14 },
			class: { weight: 6 },
			locker: { weight: 17 },
			outside: { weight: 14 },
			bus: { weight: 16 },
			online: { weight: 12 },
			other: { weight: 4 },
		},
	},
	S07: {
		choices: [1, 2],
		options: {
			hello: { weight: 46, trust: 0.3 },
			class: { weight: 18 },
			help: { weight: 12, trust: 0.4 },
			victim: { weight: 9 },
			conflict: { weight: 8 },
			rules: { weight: 17, trust: -0.4 },
		},
	},
	S16: {
		choices: [1, 3],
		options: {
			groups: { weight: 17 },
			around: { weight: 18, trust: 0.4 },
			role: { weight: 19, trust: -0.2 },
			train: { weight: 20, trust: -0.4 },
			data: { weight: 10, trust: -0.3 },
			complain: { weight: 15, trust: -0.3 },
			support: { weight: 31, trust: -0.1 },
			restore: { weight: 21, trust: -0.3 },
			less: { weight: 12, trust: -0.8 },
			keep: { weight: 20, trust: 0.9 },
		},
	},
};
