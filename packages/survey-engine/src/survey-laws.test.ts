import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDefinition } from './check/check-definition.ts';
import type { Question, SurveyDefinition } from './definition.ts';
import { definitionOf, en } from './example-survey.ts';
import type { Answer, Answers } from './expression/evaluate.ts';
import { normalizeText } from './normalize-text.ts';
import {
	compileSurvey,
	nextQuestion,
	optionsFor,
	previousQuestion,
	SurveyDefinitionError,
	withAnswer,
} from './survey.ts';
import { validateAnswer, validateResponse } from './validation.ts';

const codes = ['a', 'b', 'c'];
const ids = ['Q0', 'Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'];

const condition = (names: readonly string[]): fc.Arbitrary<string> =>
	fc
		.array(
			fc.tuple(
				fc.constantFrom(...names),
				fc.constantFrom(...codes),
				fc.constantFrom('=', '!=', 'selected', 'not', 'count'),
				fc.constantFrom('and', 'or'),
			),
			{ minLength: 1, maxLength: 3 },
		)
		.map((parts) =>
			parts
				.map(([name, code, kind, joint], index) => {
					const term = {
						'=': `\${${name}} = '${code}'`,
						'!=': `\${${name}} != '${code}'`,
						selected: `selected(\${${name}}, '${code}')`,
						not: `not(\${${name}})`,
						count: `count-selected(\${${name}}) > 1`,
					}[kind];
					return index === 0 ? term : `${joint} ${term}`;
				})
				.join(' '),
		);

const question = (id: string, names: readonly string[]): fc.Arbitrary<Question> =>
	fc
		.record({
			type: fc.constantFrom('single' as const, 'multi' as const, 'long_text' as const),
			relevance:
				names.length === 0
					? fc.constant(undefined)
					: fc.option(condition(names), { nil: undefined }),
			randomizeOptions: fc.boolean(),
		})
		.map(({ type, relevance, randomizeOptions }) => {
			const base = {
				id,
				section: 'A',
				text: en(id),
				...(relevance === undefined ? {} : { relevance }),
			};
			const options = codes.map((code) => ({ code, label: en(code), isExclusive: code === 'c' }));
			return type === 'long_text'
				? { ...base, type }
				: { ...base, type, options, randomizeOptions };
		});

const answersTo: fc.Arbitrary<Answer | null> = fc.oneof(
	fc.constantFrom(...codes),
	fc.subarray(codes, { minLength: 1 }),
	fc.constant(null),
);
const grades = fc.constantFrom(undefined, 6, 9);

/** Definitions whose relevance looks only back; `looseDefinitions` may look anywhere. */
const definitions = fc
	.tuple(...ids.map((id, index) => question(id, ids.slice(0, index))))
	.map((questions) =>
		definitionOf(questions, {
			profiles: [{ id: 'young', grades: [6], dropQuestions: ['Q1', 'Q4'] }],
		}),
	);
const looseDefinitions = fc
	.tuple(...ids.map((id) => question(id, ids)))
	.map((questions) => definitionOf(questions));

const rawAnswer = fc.oneof(
	fc.constantFrom(...codes, 'prefer_not_to_say', '', 'zzz'),
	fc.subarray(codes),
	fc.string({ unit: 'binary' }),
);
const steps = fc.array(fc.tuple(fc.constantFrom(...ids), rawAnswer), { maxLength: 20 });
const context = fc.record({ grade: fc.constantFrom(undefined, 6, 9, '12', 'x') });

/** Answers one after the other, as a student would; what is refused leaves the draft as it is. */
function answerAll(
	definition: SurveyDefinition,
	given: readonly (readonly [string, unknown])[],
): Answers {
	const survey = compileSurvey(definition);
	let draft: Answers = {};
	for (const [id, raw] of given) {
		const found = survey.question(id);
		const result = found === undefined ? null : validateAnswer(found, raw);
		if (result?.ok === true) {
			draft = withAnswer(draft, id, { answer: result.answer });
		}
	}
	return draft;
}

test('a definition is compiled or refused with its problems; it never crashes or loops', () => {
	fc.assert(
		fc.property(
			fc.oneof(definitions, looseDefinitions),
			steps,
			context,
			(definition, given, who) => {
				const errors = checkDefinition(definition).filter(({ severity }) => severity === 'error');
				if (errors.length > 0) {
					expect(() => compileSurvey(definition)).toThrow(SurveyDefinitionError);
					return;
				}
				const survey = compileSurvey(definition);
				const { visible } = survey.state(answerAll(definition, given), who);
				expect(visible.length).toBeLessThanOrEqual(ids.length);
			},
		),
	);
});

test('the order in which questions are answered makes no difference', () => {
	const once = fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), rawAnswer), {
		selector: ([id]) => id,
	});
	const twoOrders = once.chain((given) =>
		fc.tuple(
			fc.constant(given),
			fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
		),
	);
	fc.assert(
		fc.property(definitions, twoOrders, context, (definition, [given, shuffled], who) => {
			const survey = compileSurvey(definition);
			expect(survey.state(answerAll(definition, shuffled), who)).toEqual(
				survey.state(answerAll(definition, given), who),
			);
		}),
	);
});

test('no answer is lost: what was accepted last for a question stays in the draft', () => {
	fc.assert(
		fc.property(definitions, steps, (definition, given) => {
			const survey = compileSurvey(definition);
			const draft = answerAll(definition, given);
			for (const { id } of survey.questions) {
				const accepted = given
					.filter(([name]) => name === id)
					.flatMap(([, raw]) => {
						const found = survey.question(id);
						const result = found === undefined ? null : validateAnswer(found, raw);
						return result?.ok === true ? [result.answer] : [];
					});
				expect(draft[id] ?? null).toEqual(accepted.at(-1) ?? null);
			}
		}),
	);
});

test('the result holds the answers of the questions shown, all of them and no other', () => {
	fc.assert(
		fc.property(definitions, steps, context, (definition, given, who) => {
			const survey = compileSurvey(definition);
			const draft = answerAll(definition, given);
			const { visible, answers } = survey.state(draft, who);
			const expected = visible.filter((id) => Object.hasOwn(draft, id));
			expect(Object.keys(answers)).toEqual(expected);
			const checked = validateResponse(survey, draft, { context: who });
			expect(checked).toMatchObject({ ok: true, answers });
			expect(checked.offPath.length + expected.length).toBe(Object.keys(draft).length);
		}),
	);
});

test('the result of a result is the same: hidden answers held nothing open', () => {
	fc.assert(
		fc.property(definitions, steps, context, (definition, given, who) => {
			const survey = compileSurvey(definition);
			const state = survey.state(answerAll(definition, given), who);
			expect(survey.state(state.answers, who)).toEqual(state);
		}),
	);
});

test('walking forward visits exactly the questions shown, and walking back the same', () => {
	fc.assert(
		fc.property(definitions, steps, context, (definition, given, who) => {
			const survey = compileSurvey(definition);
			const draft = answerAll(definition, given);
			const forward = walk((from) => nextQuestion(survey, draft, { from, context: who }));
			const back = walk((from) => previousQuestion(survey, draft, { from, context: who }));
			expect(forward).toEqual(survey.state(draft, who).visible);
			expect(back.toReversed()).toEqual(forward);
		}),
	);
});

test('whatever the seed, the options are the same ones with the exclusive ones last', () => {
	fc.assert(
		fc.property(definitions, fc.string(), (definition, seed) => {
			for (const found of compileSurvey(definition).questions) {
				if (found.kind === 'closed') {
					const order = optionsFor(found, seed).map(({ code }) => code);
					expect(order.slice(0, 2).toSorted()).toEqual(['a', 'b']);
					expect(order.slice(2)).toEqual(['c', 'prefer_not_to_say']);
				}
			}
		}),
	);
});

test('any answer at all is accepted or refused, and an accepted one is accepted again unchanged', () => {
	const survey = fc.sample(definitions, { numRuns: 20, seed: 7 }).map(compileSurvey);
	const questions = survey.flatMap((one) => one.questions);
	fc.assert(
		fc.property(fc.constantFrom(...questions), fc.oneof(rawAnswer, fc.anything()), (found, raw) => {
			const result = validateAnswer(found, raw);
			if (result.ok && result.answer !== null) {
				expect(validateAnswer(found, result.answer)).toEqual(result);
			} else {
				expect(result.ok ? result.answer : null).toBeNull();
			}
		}),
		{ numRuns: 500 },
	);
});

test('text that was normalised stays as it is, and holds nothing that cannot be stored', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (raw) => {
			const text = normalizeText(raw);
			expect(normalizeText(text)).toBe(text);
			expect(text.isWellFormed()).toBe(true);
			expect(text.includes('\u0000') || text.includes('\r')).toBe(false);
		}),
		{ numRuns: 2000 },
	);
});

function walk(step: (from: string | null) => string | null): string[] {
	const visited: string[] = [];
	for (let id = step(null); id !== null; id = step(id)) {
		visited.push(id);
		if (visited.length > ids.length) {
			throw new Error(`The walk does not end: ${visited.join(' ')}`);
		}
	}
	return visited;
}

test('the longest way only gets shorter as one goes on, and ends as long as the way one went', () => {
	fc.assert(
		fc.property(definitions, fc.infiniteStream(answersTo), grades, (definition, stream, grade) => {
			const survey = compileSurvey(definition);
			const context = { grade };
			let answers: Answers = {};
			let before = { share: 0, total: Number.POSITIVE_INFINITY };
			let from = nextQuestion(survey, answers, { from: null, context });
			while (from !== null) {
				const way = survey.longestWay(answers, { from, context });
				const position = way.findIndex(({ id }) => id === from) + 1;
				expect(way.length).toBeLessThanOrEqual(before.total);
				expect(position / way.length).toBeGreaterThanOrEqual(before.share);
				before = { share: position / way.length, total: way.length };
				const { value } = stream.next();
				answers = withAnswer(answers, from, { answer: value ?? null });
				const next = nextQuestion(survey, answers, { from, context });
				const { visible } = survey.state(answers, context);
				expect(way.map(({ id }) => id)).toEqual(expect.arrayContaining([...visible]));
				const last = next === null ? way.filter(({ isCertain }) => isCertain).length : 0;
				expect(last).toBeLessThanOrEqual(visible.length);
				from = next;
			}
		}),
	);
});

test('the longest way does not look at answers that lie ahead', () => {
	fc.assert(
		fc.property(definitions, fc.infiniteStream(answersTo), (definition, stream) => {
			const survey = compileSurvey(definition);
			const all = Object.fromEntries(ids.map((id) => [id, stream.next().value ?? '']));
			const { visible } = survey.state(all, {});
			for (const from of visible) {
				const behind = Object.fromEntries(
					Object.entries(all).filter(([id]) => ids.indexOf(id) < ids.indexOf(from)),
				);
				const step = { from, context: {} };
				expect(survey.longestWay(all, step)).toEqual(survey.longestWay(behind, step));
			}
		}),
	);
});
