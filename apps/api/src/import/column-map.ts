import type { Survey, SurveyQuestion } from '@throughline/survey-engine';
import { z } from 'zod';

const values = z.record(z.string(), z.string().nullable());

/** What a person says about the columns of a file. */
export const columnMapSchema = z.record(
	z.string(),
	z.union([
		z.string(),
		z.null(),
		z.strictObject({
			question: z.string(),
			/** The file's value → option code; null for a value that says nothing. */
			values: values.optional(),
			/** What stands between several answers in one cell; `;` unless given. */
			separator: z.string().min(1).max(5).optional(),
		}),
		z.strictObject({ attribute: z.enum(['site', 'grade', 'language']), values: values.optional() }),
	]),
);
export type ColumnMap = z.output<typeof columnMapSchema>;

/** One column of a file and what it holds. */
export type Column =
	| { type: 'ignored'; name: string }
	| {
			type: 'question';
			name: string;
			question: SurveyQuestion;
			values: Readonly<Record<string, string | null>>;
			separator: string;
	  }
	| {
			type: 'attribute';
			name: string;
			attribute: 'site' | 'grade' | 'language';
			values: Readonly<Record<string, string | null>>;
	  };

/** Columns that earlier runs added to a file of rejected rows. */
export const REPORT_COLUMNS = ['rejected_line', 'rejected_because'] as const;
const ATTRIBUTES = ['site', 'grade', 'language'] as const;

/**
 * Says what each column of a file holds: as the map says, or by its name, which is a question's id
 * or `site`, `grade`, `language`. Other columns are left out.
 * @returns the columns in the file's order, or what is wrong with the map, in words.
 */
export function resolveColumns(
	header: readonly string[],
	map: ColumnMap,
	survey: Survey,
): { columns: Column[] } | { problems: string[] } {
	const problems: string[] = [];
	const strangers = Object.keys(map).filter((name) => !header.includes(name));
	problems.push(
		...strangers.map((name) => `The map names the column '${name}', which is not in the file.`),
	);
	// Spreadsheets leave columns without a name at the end; they are left out.
	const twice = new Set(header.filter((name, at) => name !== '' && header.indexOf(name) !== at));
	problems.push(...[...twice].map((name) => `The file has two columns named '${name}'.`));
	const columns = header.map((name) => columnOf(name, { map, survey, problems }));
	for (const [key, own] of Map.groupBy(columns.filter(isUsed), targetOf)) {
		const [first] = own;
		const takesSeveral = first?.type === 'question' && first.question.type === 'multi';
		if (own.length > 1 && !takesSeveral) {
			problems.push(
				`Several columns fill ${key}: ${own.map(({ name }) => `'${name}'`).join(', ')}.`,
			);
		}
	}
	if (!columns.some(({ type }) => type === 'question')) {
		const [only = ''] = header;
		problems.push(
			...(header.length === 1
				? [
						`The first line has one column, '${short(only)}': commas, semicolons or tabs stand between columns.`,
					]
				: []),
			`No column belongs to a question. Name columns by question ids (${survey.questions
				.slice(0, 5)
				.map(({ id }) => id)
				.join(', ')} …) or give a --map.`,
		);
	}
	return problems.length > 0 ? { problems } : { columns };
}

function columnOf(
	name: string,
	{ map, survey, problems }: { map: ColumnMap; survey: Survey; problems: string[] },
): Column {
	const said = Object.hasOwn(map, name) ? map[name] : undefined;
	if (said === null) {
		return { type: 'ignored', name };
	}
	if (typeof said === 'object' && 'attribute' in said) {
		return { type: 'attribute', name, attribute: said.attribute, values: said.values ?? {} };
	}
	const id = typeof said === 'object' ? said.question : (said ?? name);
	const question = survey.question(id);
	if (question) {
		const { values: given = {}, separator = ';' } = typeof said === 'object' ? said : {};
		return { type: 'question', name, question, values: given, separator };
	}
	if (said !== undefined) {
		problems.push(
			`The map gives the column '${name}' to '${id}', which is no question of the survey.`,
		);
	}
	const attribute = ATTRIBUTES.find((candidate) => candidate === name.toLowerCase());
	return attribute && said === undefined
		? { type: 'attribute', name, attribute, values: {} }
		: { type: 'ignored', name };
}

function short(name: string): string {
	return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

function isUsed(column: Column): column is Exclude<Column, { type: 'ignored' }> {
	return column.type !== 'ignored';
}

function targetOf(column: Exclude<Column, { type: 'ignored' }>): string {
	return column.type === 'question' ? `the question ${column.question.id}` : column.attribute;
}
