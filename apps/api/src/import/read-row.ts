import {
	type Answers,
	type ResponseProblem,
	type Survey,
	type SurveyQuestion,
	validateResponse,
} from '@throughline/survey-engine';
import type { Column } from './column-map.ts';

/** A row that can be stored. */
export interface ReadRow {
	siteId: string | null;
	grade: string | null;
	language: string;
	answers: Answers;
	/** Questions whose answers were left out, because this person would not have been asked. */
	offPath: readonly string[];
}

export interface RowContext {
	survey: Survey;
	columns: readonly Column[];
	sites: readonly { id: string; key: string; name: string; grades: readonly string[] }[];
	language: string;
}

/**
 * Reads one row of a file.
 * @returns what can be stored, or why it cannot, each reason naming its column.
 */
export function readRow(
	cells: readonly string[],
	context: RowContext,
): { row: ReadRow } | { reasons: string[] } {
	const { columns, survey } = context;
	if (cells.length !== columns.length) {
		return { reasons: [`It has ${cells.length} cells; the header has ${columns.length}.`] };
	}
	const reasons: string[] = [];
	const place = readPlace(cells, context, reasons);
	const values: Record<string, string | string[]> = {};
	columns.forEach((column, index) => {
		const cell = (cells[index] ?? '').trim();
		if (column.type === 'question' && cell !== '') {
			addValue(values, { column, cell });
		}
	});
	if (Object.keys(values).length === 0) {
		reasons.push('It has no answer to any question.');
	}
	const checked = validateResponse(survey, values, {
		context: { grade: place.grade ?? undefined },
	});
	reasons.push(...checked.problems.map((problem) => wordsOf(problem, columns)));
	if (reasons.length === 0 && Object.keys(checked.answers).length === 0) {
		const asked = checked.offPath.join(', ');
		reasons.push(`Its only answers are to ${asked}, which the survey would not have asked here.`);
	}
	return reasons.length > 0
		? { reasons }
		: { row: { ...place, answers: checked.answers, offPath: checked.offPath } };
}

function addValue(
	values: Record<string, string | string[]>,
	{ column, cell }: { column: Extract<Column, { type: 'question' }>; cell: string },
): void {
	const { question } = column;
	if (question.kind === 'text') {
		values[question.id] = cell;
		return;
	}
	const parts = question.type === 'multi' ? cell.split(column.separator) : [cell];
	const codes = parts
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.flatMap((part) => codeOf(part, column) ?? []);
	if (question.type === 'multi') {
		const before = values[question.id] ?? [];
		values[question.id] = [...(typeof before === 'string' ? [before] : before), ...codes];
		return;
	}
	if (codes[0] !== undefined) {
		values[question.id] = codes[0];
	}
}

/** The option code a cell means: as mapped, as written, or by the option's label in any language. */
function codeOf(
	part: string,
	{ question, values }: Extract<Column, { type: 'question' }>,
): string | null {
	if (Object.hasOwn(values, part)) {
		return values[part] ?? null;
	}
	const options = optionsOf(question);
	if (options.some(({ code }) => code === part)) {
		return part;
	}
	const wanted = part.toLowerCase();
	const byLabel = options.find(({ label }) =>
		Object.values(label).some((words) => words.trim().toLowerCase() === wanted),
	);
	return byLabel?.code ?? part;
}

function optionsOf(question: SurveyQuestion) {
	return question.kind === 'closed' ? question.options : [];
}

function readPlace(
	cells: readonly string[],
	{ columns, sites, survey, language }: RowContext,
	reasons: string[],
): Pick<ReadRow, 'siteId' | 'grade' | 'language'> {
	const found = { site: '', grade: '', language: '' };
	columns.forEach((column, index) => {
		if (column.type === 'attribute') {
			const cell = (cells[index] ?? '').trim();
			const mapped = Object.hasOwn(column.values, cell) ? (column.values[cell] ?? '') : cell;
			found[column.attribute] = mapped;
		}
	});
	const wanted = found.site.toLowerCase();
	const site = sites.find(
		({ key, name }) => key.toLowerCase() === wanted || name.toLowerCase() === wanted,
	);
	if (wanted !== '' && !site) {
		const known = sites.map(({ key }) => key).join(', ');
		reasons.push(`There is no site '${found.site}' (known: ${known}).`);
	}
	if (found.grade !== '' && site && !site.grades.includes(found.grade)) {
		reasons.push(`${site.name} has no grade '${found.grade}' (it has ${site.grades.join(', ')}).`);
	} else if (found.grade !== '' && wanted === '') {
		reasons.push(`It has the grade '${found.grade}' and no site.`);
	}
	const code = found.language === '' ? language : found.language;
	if (!survey.definition.languages.some((known) => known.code === code)) {
		reasons.push(`The survey has no language '${code}'.`);
	}
	return {
		siteId: site?.id ?? null,
		grade: found.grade === '' ? null : found.grade,
		language: code,
	};
}

/** A problem of an answer in words, with the columns it came from. */
function wordsOf(
	{ questionId, code, params }: ResponseProblem,
	columns: readonly Column[],
): string {
	const names = columns
		.filter((column) => column.type === 'question' && column.question.id === questionId)
		.map(({ name }) => `'${name}'`)
		.join(', ');
	const what = {
		not_text: 'is no text',
		too_long: `has ${params['length']} characters, the limit is ${params['max']}`,
		unknown_option: `says '${params['value']}', which is no option of ${questionId}`,
		exclusive_conflict: `has '${params['code']}' beside other answers, which it rules out`,
		too_many_choices: `has ${params['count']} answers, the limit is ${params['max']}`,
		unknown_question: `belongs to ${questionId}, which is no question of the survey`,
	}[code];
	return `The column ${names} ${what}.`;
}
