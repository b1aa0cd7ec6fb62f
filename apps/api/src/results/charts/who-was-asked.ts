import { type Expression, parseExpression } from '@throughline/survey-engine';
import { type ChartContext, optionLabel, questionText } from './chart-context.ts';
import { chartWords } from './words.ts';

/** The answers to one earlier question that lead to another. */
interface Filter {
	questionId: string;
	codes: string[];
}

/** Who was asked a question, in words; null where everyone was. */
function whoWasAsked(context: ChartContext, questionId: string): string | null {
	const source = context.window.survey.question(questionId)?.definition.relevance;
	if (source === undefined) {
		return null;
	}
	const words = chartWords(context.language);
	const filter = filterOf(parseExpression(source));
	if (!filter) {
		return words('asked.other');
	}
	const format = new Intl.ListFormat(context.language, { type: 'disjunction' });
	const options = filter.codes.map((code) => `“${optionLabel(context, filter.questionId, code)}”`);
	return words('asked.of', {
		question: questionText(context, filter.questionId),
		options: format.format(options),
	});
}

/** Notes for several statements: once for all where they agree, else by statement. */
export function notesOnAsked(context: ChartContext, questionIds: readonly string[]): string[] {
	const byWords = Map.groupBy(questionIds, (id) => whoWasAsked(context, id));
	const format = new Intl.ListFormat(context.language, { type: 'conjunction' });
	return [...byWords].flatMap(([asked, ids]) => {
		if (asked === null || byWords.size === 1) {
			return asked ?? [];
		}
		const statements = format.format(ids.map((id) => `“${questionText(context, id)}”`));
		return chartWords(context.language)('asked.statements', { statements, asked });
	});
}

/** `${S05} = 'a' or ${S05} = 'b'`: one question, some of its answers. Null for anything else. */
function filterOf(expression: Expression): Filter | null {
	if (expression.type === 'call' && expression.name === 'selected') {
		const [question, code] = expression.args;
		return equalTo(question, code);
	}
	if (expression.type !== 'binary') {
		return null;
	}
	const { left, right } = expression;
	if (expression.operator === '=') {
		return equalTo(left, right) ?? equalTo(right, left);
	}
	const [first, second] = expression.operator === 'or' ? [filterOf(left), filterOf(right)] : [];
	return first && second && first.questionId === second.questionId
		? { ...first, codes: [...first.codes, ...second.codes] }
		: null;
}

function equalTo(question: Expression | undefined, code: Expression | undefined): Filter | null {
	return question?.type === 'reference' && code?.type === 'string'
		? { questionId: question.name, codes: [code.value] }
		: null;
}
