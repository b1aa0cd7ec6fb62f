import {
	arabicShare,
	gradeRates,
	middleEasternShare,
	type RaceKey,
	raceCodes,
	racePatterns,
	sitePatterns,
} from './patterns.ts';
import type { PhraseHint, SampleLanguage } from './phrase.ts';
import type { Random } from './random.ts';
import type { SampleSite } from './schema.ts';

/** How someone writes on a phone; the same in all their answers. */
export interface WritingStyle {
	readonly casing: 'sentence' | 'lower' | 'upper';
	readonly period: 'keep' | 'drop' | 'dots' | 'shout';
	readonly dropsApostrophes: boolean;
}

/** A fictional student: what they are like, before any question is asked. */
export interface Respondent {
	readonly site: SampleSite;
	readonly grade: string;
	readonly races: readonly string[];
	readonly gender: 'girl' | 'boy' | 'nb';
	readonly hasPlan: boolean;
	readonly language: SampleLanguage;
	/** Trust in the officer and how school feels, in standard deviations. */
	readonly trust: number;
	readonly climate: number;
	readonly contact: number;
	/** Chance of leaving an item out, against the average. */
	readonly skipping: number;
	/** Chance of answering an open question that is shown. */
	readonly writing: number;
	/** The question they stop before, if they stop early. */
	readonly stopsBefore: string | null;
	readonly style: WritingStyle;
	/** What they are, as the phrases' hints call it. */
	readonly groups: ReadonlySet<PhraseHint>;
}

const stoppingPlaces = ['S08', 'S12', 'S15', 'S17', 'S18', 'S19', 'D02'];

/** Draws a student of this site and grade. */
export function drawRespondent(random: Random, site: SampleSite, grade: string): Respondent {
	const race = drawRace(random, site);
	const races = drawRaceCodes(random, race);
	const language = drawLanguage(random, race, races);
	const gender = drawGender(random);
	const { enrollment } = site;
	const hasPlan = random.chance((enrollment.iep + enrollment.plan504) / enrollment.total);
	const pattern = racePatterns[race];
	const here = sitePatterns[site.key];
	const trust =
		random.bell() * 0.9 +
		pattern.trust +
		(here?.trust ?? 0) +
		(gender === 'nb' ? -0.4 : 0) +
		(hasPlan ? -0.15 : 0);
	const isNew = language !== 'en' || (race !== 'white' && random.chance(0.02));
	return {
		site,
		grade,
		races,
		gender,
		hasPlan,
		language,
		trust,
		climate: trust * 0.3 + random.bell() * 0.9,
		contact: pattern.contact + (here?.contact ?? 0),
		skipping: 0.4 + random.next() * 1.2,
		writing: drawWriting(random),
		stopsBefore: random.chance(0.035) ? random.pick(stoppingPlaces) : null,
		style: drawStyle(random),
		groups: groupsOf({ races, gender, hasPlan, isNew, site }),
	};
}

/** How much this grade answers, against the average. */
export function gradeRate(grade: string): number {
	return gradeRates[grade] ?? 1;
}

function drawRace(random: Random, site: SampleSite): RaceKey {
	const keys = Object.keys(racePatterns) as RaceKey[]; // Object.keys forgets the record's key type
	const drawn = random.weighted(
		keys,
		(key) => (site.enrollment.byRace[key] ?? 0) * racePatterns[key].rate,
	);
	return drawn ?? 'white';
}

function drawRaceCodes(random: Random, race: RaceKey): readonly string[] {
	if (race === 'white' && random.chance(middleEasternShare)) {
		return random.chance(0.3) ? ['mena', 'white'] : ['mena'];
	}
	return random.pick(raceCodes[race]);
}

function drawLanguage(random: Random, race: RaceKey, races: readonly string[]): SampleLanguage {
	if (races.includes('mena')) {
		return random.chance(arabicShare) ? 'ar' : 'en';
	}
	const isHispanicToo = race === 'two_or_more' && races.includes('hispanic');
	if (random.chance(isHispanicToo ? 0.5 : racePatterns[race].english)) {
		return 'en';
	}
	return race === 'black' ? 'ar' : 'es';
}

function drawGender(random: Random): Respondent['gender'] {
	const draw = random.next();
	if (draw < 0.04) {
		return 'nb';
	}
	return draw < 0.53 ? 'girl' : 'boy';
}

/** Some answer every open question, some a few, some none. */
function drawWriting(random: Random): number {
	const draw = random.next();
	if (draw < 0.43) {
		return 1;
	}
	return draw < 0.82 ? 0.35 + random.next() * 0.35 : 0.06;
}

function drawStyle(random: Random): WritingStyle {
	const casings = { sentence: 62, lower: 36.5, upper: 1.5 };
	const periods = { keep: 55, drop: 30, dots: 8, shout: 7 };
	return {
		casing: drawKey(random, casings) ?? 'sentence',
		period: drawKey(random, periods) ?? 'keep',
		dropsApostrophes: random.chance(0.25),
	};
}

function drawKey<Key extends string>(
	random: Random,
	weights: Readonly<Record<Key, number>>,
): Key | undefined {
	const keys = Object.keys(weights) as Key[]; // Object.keys forgets the record's key type
	return random.weighted(keys, (key) => weights[key]);
}

function groupsOf(person: {
	races: readonly string[];
	gender: Respondent['gender'];
	hasPlan: boolean;
	isNew: boolean;
	site: SampleSite;
}): ReadonlySet<PhraseHint> {
	const groups = new Set(person.races as PhraseHint[]); // the survey's race codes are hints too
	if (person.gender !== 'boy') {
		groups.add(person.gender);
	}
	if (person.hasPlan) {
		groups.add('iep');
	}
	if (person.isNew) {
		groups.add('el');
	}
	if (person.site.level === 'middle') {
		groups.add('middle');
	}
	return groups;
}
