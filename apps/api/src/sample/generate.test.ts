import { validateResponse } from '@throughline/survey-engine';
import { describe, expect, it } from 'vitest';
import type { SampleResponse } from './generate.ts';
import { findQuoteSources } from './quote-sources.ts';
import { openQuestions } from './read-sample.ts';
import { sampleCodings } from './sample-codings.ts';
import { generateSample } from './sample.fixture.ts';

const { sample, survey, responses } = generateSample();
const phrases = new Map(
	Object.values(sample.phrases).flatMap((all) => all.map((each) => [each.id, each])),
);
const openAnswers = responses.flatMap(({ values, parts }) =>
	Object.entries(parts).map(([questionId, own]) => ({ text: String(values[questionId]), own })),
);
const share = <T>(items: readonly T[], holds: (item: T) => boolean) =>
	items.filter(holds).length / items.length;
const isShown = ({ values, grade }: SampleResponse, id: string) =>
	survey.state(values, { grade }).visible.includes(id);
const racesOf = ({ values }: SampleResponse) => [values['D03'] ?? []].flat();
const ofRace = (race: string) =>
	responses.filter((each) => racesOf(each).length === 1 && racesOf(each)[0] === race);

describe('generateResponses', () => {
	it('makes as many as asked for', () => {
		expect(responses).toHaveLength(1400);
		expect(generateSample(5, 37).responses).toHaveLength(37);
	});

	it('makes the same responses from the same seed, byte for byte, and others from another', () => {
		const text = JSON.stringify(responses);

		expect(JSON.stringify(generateSample().responses)).toBe(text);
		expect(JSON.stringify(generateSample(1).responses)).not.toBe(text);
	});

	it('refuses more responses than there are students', () => {
		expect(() => generateSample(1, 5000)).toThrow(/ask for fewer/);
	});

	it('makes only responses that the survey accepts as they stand', () => {
		for (const { values, grade } of responses) {
			const result = validateResponse(survey, values, { context: { grade } });
			expect(result).toMatchObject({ ok: true, problems: [], offPath: [] });
			const sorted = (answers: object) =>
				Object.entries(answers).map(([id, answer]) => [id, [answer].flat().toSorted()]);
			expect(sorted(result.answers)).toEqual(sorted(values));
		}
	});

	it('leaves every open question to grades 8 and up', () => {
		const young = responses.filter(({ grade }) => grade === '6' || grade === '7');

		expect(young.length).toBeGreaterThan(300);
		expect(young.every(({ parts }) => Object.keys(parts).length === 0)).toBe(true);
	});

	it('routes schools without an officer past the questions about one', () => {
		const without = responses.filter(({ siteKey }) => siteKey === 'oml' || siteKey === 'qrm');

		expect(share(without, ({ values }) => values['S05'] === 'none')).toBeGreaterThan(0.75);
		for (const { values } of without) {
			expect(Object.keys(values)).not.toEqual(
				expect.arrayContaining([expect.stringMatching(/^S(06|07|08|09|10|11|13|17)$/)]),
			);
		}
	});
});

describe('who answered', () => {
	const rate = (key: string) => {
		const enrolled = sample.sites.find((site) => site.key === key)?.enrollment.total ?? 1;
		return responses.filter(({ siteKey }) => siteKey === key).length / enrolled;
	};

	it('differs by school: Granite Point less, the small school most', () => {
		expect(rate('gph')).toBeLessThan(rate('trh') * 0.8);
		expect(rate('oml')).toBeGreaterThan(rate('trh'));
		expect(responses.filter(({ siteKey }) => siteKey === 'oml').length).toBeLessThan(80);
	});

	it('under-hears grade 12', () => {
		const grade = (key: string) => responses.filter((each) => each.grade === key).length;

		expect(grade('12')).toBeLessThan(grade('9') * 0.6);
	});

	it('follows enrolment by race, with small groups that need protection', () => {
		const enrolled = sample.sites.reduce((sum, site) => sum + site.enrollment.total, 0);
		for (const [race, key] of [
			['black', 'black'],
			['white', 'white'],
			['hispanic', 'hispanic'],
		] as const) {
			const n = sample.sites.reduce((sum, site) => sum + (site.enrollment.byRace[key] ?? 0), 0);
			expect(ofRace(race).length / responses.length).toBeGreaterThan((n / enrolled) * 0.6);
			expect(ofRace(race).length / responses.length).toBeLessThan((n / enrolled) * 1.4);
		}
		expect(ofRace('nhpi').length).toBeLessThan(10);
	});

	it('answers mostly in English, some in Spanish and Arabic', () => {
		const inLanguage = (code: string) => share(responses, ({ language }) => language === code);

		expect(inLanguage('en')).toBeGreaterThan(0.86);
		expect(inLanguage('es')).toBeGreaterThan(0.035);
		expect(inLanguage('es')).toBeLessThan(0.08);
		expect(inLanguage('ar')).toBeGreaterThan(0.015);
		expect(inLanguage('ar')).toBeLessThan(0.045);
	});
});

describe('closed answers', () => {
	const agrees = (group: readonly SampleResponse[], id: string) => {
		const answered = group.filter(({ values }) => /^[1-5]$/.test(String(values[id])));
		return share(answered, ({ values }) => Number(values[id]) >= 4);
	};

	it.each(['S09', 'S10', 'S11'])(
		'agree less on %s among Black and American Indian students than among white students',
		(id) => {
			const white = agrees(ofRace('white'), id);

			expect(agrees(ofRace('black'), id)).toBeLessThan(white - 0.05);
			expect(agrees(ofRace('aian'), id)).toBeLessThan(white - 0.05);
		},
	);

	it('tell of more talks with the officer at Granite Point', () => {
		const talked = (key: string) =>
			share(
				responses.filter(({ siteKey, values }) => siteKey === key && values['S06'] !== undefined),
				({ values }) => values['S06'] !== 'never',
			);

		expect(talked('gph')).toBeGreaterThan(talked('trh') + 0.05);
	});

	it('are left out by 2 to 14 in 100 and refused by at most 4 in 100 of those asked', () => {
		for (const { id, kind } of survey.questions) {
			if (kind === 'closed') {
				const asked = responses.filter((each) => isShown(each, id));
				const skipped = share(asked, ({ values }) => values[id] === undefined);
				const refused = share(asked, ({ values }) =>
					[values[id]].flat().includes('prefer_not_to_say'),
				);
				expect(skipped).toBeGreaterThan(0.02);
				expect(skipped).toBeLessThan(0.14);
				expect(refused).toBeLessThan(0.04);
			}
		}
	});
});

describe('open answers', () => {
	it('are left out in part by about half of those asked', () => {
		const asked = responses.filter((each) => isShown(each, 'S18'));
		const leftOut = share(asked, (each) =>
			openQuestions.some((id) => isShown(each, id) && each.values[id] === undefined),
		);

		expect(leftOut).toBeGreaterThan(0.45);
		expect(leftOut).toBeLessThan(0.65);
	});

	it('stand twice verbatim in at most 2 of 100', () => {
		const seen = new Map<string, number>();
		for (const { text } of openAnswers) {
			seen.set(text, (seen.get(text) ?? 0) + 1);
		}
		const repeated = openAnswers.filter(({ text }) => (seen.get(text) ?? 0) > 1);

		expect(openAnswers.length).toBeGreaterThan(2000);
		expect(repeated.length / openAnswers.length).toBeLessThanOrEqual(0.02);
	});

	it('hold their phrases character for character, and no open alternative', () => {
		for (const { text, own } of openAnswers) {
			expect(own.every((part) => part.text !== '' && text.includes(part.text))).toBe(true);
			expect(text).not.toMatch(/[{|}]/);
		}
	});

	it('use most of the written phrases, and none of them in every tenth answer', () => {
		const uses = new Map<string, number>();
		for (const { phrase } of openAnswers.flatMap(({ own }) => own)) {
			uses.set(phrase, (uses.get(phrase) ?? 0) + 1);
		}

		expect(uses.size).toBeGreaterThan(400);
		expect(Math.max(...uses.values())).toBeLessThan(openAnswers.length / 100);
	});

	it('hold names that must be redacted, off-topic answers and blank words', () => {
		const having = (kind: string) =>
			openAnswers.filter(({ own }) => own.some((part) => phrases.get(part.phrase)?.kind === kind));
		const named = having('contains_name');

		expect(named.length).toBeGreaterThan(30);
		for (const { text, own } of named) {
			const names = own.flatMap((part) => phrases.get(part.phrase)?.names ?? []);
			expect(names.every((name) => text.includes(name))).toBe(true);
		}
		expect(having('off_topic').length).toBeGreaterThan(10);
		expect(having('blank_word').length).toBeLessThan(openAnswers.length * 0.05);
	});

	it('are written in the language of the response', () => {
		const arabic = responses.filter(({ language }) => language === 'ar');
		const texts = arabic.flatMap(({ values, parts }) =>
			Object.keys(parts).map((id) => String(values[id])),
		);

		expect(texts.length).toBeGreaterThan(20);
		expect(texts.every((text) => /^[^a-z]+$/i.test(text))).toBe(true);
	});

	it('speak of fear and unequal treatment more often among Black students than white', () => {
		const speaking = (race: string) => {
			const own = ofRace(race).flatMap(({ parts }) => Object.values(parts));
			return share(own, (answer) =>
				answer.some(({ phrase }) =>
					phrases.get(phrase)?.themes.some((theme) => theme === 'C1' || theme === 'A2'),
				),
			);
		};

		expect(speaking('black')).toBeGreaterThan(speaking('white') + 0.05);
	});
});

describe('findQuoteSources', () => {
	const ids = sample.findings.flatMap(({ quotes }) => quotes);
	const codings = sampleCodings(responses, sample.phrases, {
		codebook: sample.codebook,
		seed: 20_260_607,
		count: 300,
	});
	const sources = findQuoteSources(responses, sample.phrases, { phraseIds: ids, codings });

	it('finds every quote of the findings in an answer of its own', () => {
		expect(sources.map(({ phrase }) => phrase)).toEqual([...new Set(ids)]);
		expect(new Set(sources.map(({ responseIndex }) => responseIndex)).size).toBe(sources.length);
	});

	it('quotes answers on which the coders agree where a phrase stands in one', () => {
		const share = (found: typeof sources) =>
			found.filter(({ responseIndex, questionId }) => {
				const [first, second] = codings.filter(
					(coding) => coding.responseIndex === responseIndex && coding.questionId === questionId,
				);
				return first?.themes.some((theme) => second?.themes.includes(theme));
			}).length / found.length;

		const blind = findQuoteSources(responses, sample.phrases, { phraseIds: ids, codings: [] });
		expect(share(sources)).toBeGreaterThan(0.6);
		expect(share(blind)).toBeLessThan(0.5);
	});

	it('gives text that stands in the answer as it is', () => {
		for (const { responseIndex, questionId, text } of sources) {
			expect(String(responses[responseIndex]?.values[questionId])).toContain(text);
		}
	});
});
