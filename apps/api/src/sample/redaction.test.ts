import { redact } from '@throughline/analysis/text';
import { expect, it } from 'vitest';
import { generateSample } from './sample.fixture.ts';

it('what is hidden in the answers of the sample are the names it invented, and nothing else', () => {
	const { sample, survey, responses } = generateSample();
	const names = [
		...new Set(
			Object.values(sample.phrases).flatMap((all) => all.flatMap((phrase) => phrase.names ?? [])),
		),
	];
	const open = survey.questions.flatMap((question) =>
		question.kind === 'text' ? question.id : [],
	);
	const hidden = responses.flatMap(({ values, language }) =>
		open.flatMap((id) => {
			const answer = values[id];
			const text = typeof answer === 'string' ? answer : '';
			const points = Array.from(text);
			return redact(text, { names, language }).redactions.map(({ start, end }) =>
				points.slice(start, end).join(''),
			);
		}),
	);

	const others = hidden.filter((words) => !names.some((name) => words.includes(name)));
	expect(hidden.length).toBeGreaterThan(names.length);
	expect([...new Set(others)]).toEqual([]);
});
