import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLength, codePointSlice } from '../text/fold.ts';
import { deserialiseModel, retrain, serialiseModel, suggest, trainModel } from './index.ts';
import type { Example } from './index.ts';

const DECISIONS: readonly Example[] = [
	{ id: 'd1', text: 'The bus was late again', themes: ['transport'] },
	{ id: 'd2', text: 'Late bus every single day', themes: ['transport'] },
	{ id: 'd3', text: 'The bus driver is rude', themes: ['transport', 'staff'] },
	{ id: 'd4', text: 'Lunch food is cold', themes: ['food'] },
	{ id: 'd5', text: 'Cold pizza for lunch 🍕', themes: ['food'] },
	{ id: 'd6', text: 'Food lines are long', themes: ['food'] },
	{ id: 'd7', text: 'My teacher listens to us', themes: ['staff'] },
	{ id: 'd8', text: 'A kind teacher helps', themes: ['staff'] },
	{ id: 'd9', text: 'idk', themes: [] },
];

describe('trainModel and suggest', () => {
	it('puts the theme of the words first and shows those words', () => {
		const model = trainModel(DECISIONS);
		const [first] = suggest(model, '🙂 Our lunches are always cold!');
		expect(first?.themeId).toBe('food');
		const shown = first?.evidence.map((word) => word.text);
		expect(shown).toContain('lunches');
		expect(shown).toContain('cold');
	});

	it('gives evidence as spans of the text in code points', () => {
		const text = '🙂🙂 cold LUNCH ﬁne';
		const [first] = suggest(trainModel(DECISIONS), text);
		expect(first?.evidence.length).toBeGreaterThan(0);
		for (const word of first?.evidence ?? []) {
			expect(codePointSlice(text, word.start, word.end)).toBe(word.text);
			expect(word.weight).toBeGreaterThan(0);
		}
	});

	it('gives the same bytes for the same data and seed', () => {
		const once = serialiseModel(trainModel(DECISIONS, { seed: 7 }));
		const again = serialiseModel(trainModel(DECISIONS, { seed: 7 }));
		expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
	});

	it('takes theme ids that are names of built-in properties', () => {
		const themes = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
		const examples = themes.flatMap((theme, at) => [
			{ id: `a${at}`, text: `word${at} alpha${at}`, themes: [theme] },
			{ id: `b${at}`, text: `word${at} beta${at} constructor`, themes: [theme] },
		]);
		const model = trainModel(examples);
		themes.forEach((theme, at) => {
			expect(suggest(model, `word${at}`)[0]?.themeId).toBe(theme);
		});
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect(({} as Record<string, unknown>)['2']).toBeUndefined();
	});

	it('starts from the codebook alone', () => {
		const model = trainModel([], {
			prior: [
				{ themeId: 'A3', text: 'Places and times. bathrooms. bus loop. lunch' },
				{ themeId: 'A3', text: 'Second floor bathroom, after third hour.' },
				{ themeId: 'B1', text: 'Knows students. learns names. greets people' },
			],
		});
		const [first] = suggest(model, 'the bathroom by the gym');
		expect(first?.themeId).toBe('A3');
		expect(first?.evidence.map((word) => word.text)).toContain('bathroom');
	});

	it('suggests nothing when it knows no theme or no word', () => {
		expect(suggest(trainModel([]), 'anything')).toEqual([]);
		expect(suggest(trainModel(DECISIONS), '…')).toEqual([]);
		expect(suggest(trainModel(DECISIONS), '')).toEqual([]);
	});

	it('never fails and keeps its offsets inside any text', () => {
		const model = deserialiseModel(serialiseModel(trainModel(DECISIONS)));
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (noise, isMixed) => {
				const text = isMixed ? `${noise} cold lunch ${noise}` : noise;
				for (const { evidence, score } of suggest(model, text)) {
					expect(Number.isFinite(score)).toBe(true);
					for (const { start, end, text: word } of evidence) {
						expect(start).toBeGreaterThanOrEqual(0);
						expect(end).toBeGreaterThan(start);
						expect(end).toBeLessThanOrEqual(codePointLength(text));
						expect(codePointSlice(text, start, end)).toBe(word);
					}
				}
			}),
		);
		expect.hasAssertions();
	});

	it('trains on any text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 8 }),
				(texts) => {
					const examples = texts.map((text, at) => ({
						id: String(at),
						text,
						themes: at % 2 === 0 ? ['even'] : ['odd', 'even'],
					}));
					const model = trainModel(examples);
					expect(model.bias.every(Number.isFinite)).toBe(true);
					expect(model.weights.every(Number.isFinite)).toBe(true);
				},
			),
		);
		expect.hasAssertions();
	});
});

describe('retrain', () => {
	it('learns words and themes first met in the new decisions', () => {
		const model = trainModel(DECISIONS);
		const further = retrain(model, [
			{ id: 'n1', text: 'metal detectors at the door', themes: ['searches'] },
			{ id: 'n2', text: 'detectors make me nervous', themes: ['searches'] },
		]);
		expect(suggest(further, 'those detectors')[0]?.themeId).toBe('searches');
		expect(suggest(model, 'those detectors')[0]?.themeId).not.toBe('searches');
	});

	it('comes to the planes of a full training', () => {
		const exact = { tolerance: 1e-6, themes: ['food', 'staff', 'transport'] };
		const further = retrain(trainModel(DECISIONS.slice(0, 6), exact), DECISIONS.slice(6));
		const full = trainModel(DECISIONS, exact);
		for (const text of ['late bus', 'kind food', 'teacher at lunch']) {
			const one = new Map(suggest(further, text).map((entry) => [entry.themeId, entry.score]));
			for (const { themeId, score } of suggest(full, text)) {
				expect(one.get(themeId)).toBeCloseTo(score, 4);
			}
		}
	});

	it('replaces a decision on the same excerpt, changed text included', () => {
		const model = trainModel(DECISIONS);
		const changed = retrain(model, [
			{ id: 'd1', text: 'The bus was late again', themes: ['staff'] },
		]);
		const same = trainModel([
			{ id: 'd1', text: 'The bus was late again', themes: ['staff'] },
			...DECISIONS.slice(1),
		]);
		expect(changed.memory?.ids).toEqual(same.memory?.ids);
		expect([...(changed.memory?.answers ?? [])].sort()).toEqual(
			[...(same.memory?.answers ?? [])].sort(),
		);
		const redacted = retrain(model, [{ id: 'd1', text: 'The [name] was late', themes: ['staff'] }]);
		expect(redacted.memory?.ids.filter((id) => id === 'd1')).toHaveLength(1);
		expect(redacted.memory?.corpus.rows).toBe(DECISIONS.length);
	});

	it('forgets decisions that were taken back, their words included', () => {
		const exact = { tolerance: 1e-6 };
		const without = retrain(trainModel(DECISIONS, exact), [], { removed: ['d5'] });
		const never = trainModel(
			DECISIONS.filter(({ id }) => id !== 'd5'),
			exact,
		);
		expect(without.memory?.ids).toEqual(never.memory?.ids);
		expect(without.vocabulary.size).toBe(never.vocabulary.size);
		expect(suggest(without, 'cold pizza')[0]?.score).toBeCloseTo(
			suggest(never, 'cold pizza')[0]?.score ?? Number.NaN,
			4,
		);
	});

	it('gives the same model after a trip through bytes', () => {
		const model = trainModel(DECISIONS);
		const copy = deserialiseModel(serialiseModel(model));
		const more = [{ id: 'n1', text: 'bus bus bus', themes: ['transport'] }];
		expect(
			Buffer.from(serialiseModel(retrain(copy, more))).equals(
				Buffer.from(serialiseModel(retrain(model, more))),
			),
		).toBe(true);
	});

	it('reads bytes as a database gives them, a view of a larger memory', () => {
		const model = trainModel(DECISIONS);
		const stored = Buffer.concat([Buffer.alloc(24), serialiseModel(model)]).subarray(24);
		expect(suggest(deserialiseModel(stored), 'cold lunch')).toEqual(suggest(model, 'cold lunch'));
	});

	it('says so when the decisions were left out', () => {
		const model = trainModel(DECISIONS);
		const light = deserialiseModel(serialiseModel(model, { isForSuggestionsOnly: true }));
		expect(suggest(light, 'cold lunch')).toEqual(suggest(model, 'cold lunch'));
		expect(() => retrain(light, [])).toThrow(/keep decisions/);
	});
});
