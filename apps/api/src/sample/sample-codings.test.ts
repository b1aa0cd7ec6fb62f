import { describe, expect, it } from 'vitest';
import { sampleCodings } from './sample-codings.ts';
import { generateSample } from './sample.fixture.ts';

const { sample, responses } = generateSample();
const { codebook, phrases } = sample;
const codings = sampleCodings(responses, phrases, { codebook, seed: 20_260_607, count: 300 });
const themes = codebook.groups.flatMap((group) => group.themes.map(({ key }) => key));
const by = (coder: 'a' | 'b') => codings.filter((each) => each.coder === coder);

describe('sampleCodings', () => {
	it('has two coders decide on the same 300 open answers', () => {
		const place = ({ responseIndex, questionId }: (typeof codings)[number]) =>
			`${responseIndex} ${questionId}`;

		expect(codings).toHaveLength(600);
		expect(by('a').map(place)).toEqual(by('b').map(place));
		expect(new Set(by('a').map(place)).size).toBe(300);
		expect(
			by('a').every(({ responseIndex, questionId }) =>
				Object.hasOwn(responses[responseIndex]?.parts ?? {}, questionId),
			),
		).toBe(true);
	});

	it('draws them from every open question in proportion', () => {
		const inAll = responses.flatMap(({ parts }) => Object.keys(parts));
		for (const id of ['S17', 'S18', 'S19', 'S20']) {
			const expected = (inAll.filter((each) => each === id).length / inAll.length) * 300;
			const drawn = by('a').filter(({ questionId }) => questionId === id).length;
			expect(Math.abs(drawn - expected)).toBeLessThan(30);
		}
	});

	it('gives the same codings for the same seed and others for another', () => {
		const again = sampleCodings(responses, phrases, { codebook, seed: 20_260_607, count: 300 });
		const other = sampleCodings(responses, phrases, { codebook, seed: 9, count: 300 });

		expect(again).toEqual(codings);
		expect(other).not.toEqual(codings);
	});

	it('keeps to the themes of the codebook and to its limit', () => {
		for (const { themes: own } of codings) {
			expect(own.length).toBeLessThanOrEqual(codebook.maxThemesPerUnit);
			expect(own.filter((theme) => !themes.includes(theme))).toEqual([]);
		}
	});

	it.each(themes)('agrees on %s as people do: more than chance, less than always', (theme) => {
		const alpha = nominalAlpha(
			by('a').map((each) => each.themes.includes(theme)),
			by('b').map((each) => each.themes.includes(theme)),
		);

		expect(alpha).toBeGreaterThan(0.5);
		expect(alpha).toBeLessThan(0.97);
	});
});

/** Krippendorff's alpha for two coders, two values, nothing missing. */
function nominalAlpha(first: readonly boolean[], second: readonly boolean[]): number {
	const values = first.length * 2;
	const present = [...first, ...second].filter(Boolean).length;
	const observed = first.filter((value, index) => value !== second[index]).length / first.length;
	const expected = (2 * present * (values - present)) / (values * (values - 1));
	return 1 - observed / expected;
}
