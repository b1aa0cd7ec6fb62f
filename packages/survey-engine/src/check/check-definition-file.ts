import { parseDefinition } from './check-definition.ts';
import type { Problem } from '../problem.ts';

/** The verdict on one file, as `survey check --json` prints it. */
export interface FileCheck {
	readonly file: string;
	readonly valid: boolean;
	readonly problems: readonly {
		/** Sheet of a workbook; null for JSON. */
		readonly sheet: string | null;
		/** Cell of a workbook, or the path into the JSON. */
		readonly cell: string;
		readonly severity: 'error' | 'warning';
		readonly message: string;
	}[];
	/** How many questions there are; 0 when the file cannot be read. */
	readonly questions: number;
	readonly languages: readonly string[];
}

/** Checks the text of a survey definition in JSON; `file` is only repeated in the verdict. */
export function checkDefinitionFile(file: string, text: string): FileCheck {
	const refusal = refusedFormat(file);
	if (refusal !== null) {
		return verdict(file, [unreadable('wrong_format', refusal)], null);
	}
	let input: unknown;
	try {
		input = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return verdict(file, [unreadable('not_json', `The file is not JSON: ${reason}.`)], null);
	}
	const parsed = parseDefinition(input);
	return verdict(file, parsed.problems, input);
}

function refusedFormat(file: string): string | null {
	if (/\.xls$/i.test(file)) {
		return 'This is an Excel 97 workbook: save it as .xlsx.';
	}
	if (/\.xlsx$/i.test(file)) {
		return 'XLSForm workbooks cannot be read yet: give the survey as .json.';
	}
	return null;
}

function unreadable(code: string, message: string): Problem {
	return { path: '', severity: 'error', code, message, fix: 'Give a survey definition as JSON.' };
}

function verdict(file: string, problems: readonly Problem[], input: unknown): FileCheck {
	return {
		file,
		valid: problems.every(({ severity }) => severity !== 'error'),
		problems: problems.map(({ path, severity, message, fix }) => ({
			sheet: null,
			cell: path,
			severity,
			message: `${message} ${fix}`,
		})),
		questions: listOf(input, 'questions').length,
		languages: listOf(input, 'languages').flatMap((language) => {
			const code = property(language, 'code');
			return typeof code === 'string' ? [code] : [];
		}),
	};
}

function listOf(value: unknown, key: string): readonly unknown[] {
	const list = property(value, key);
	return Array.isArray(list) ? list : [];
}

function property(value: unknown, key: string): unknown {
	const isRecord = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
	// Object.hasOwn has just shown that the key is there.
	return isRecord ? (value as Record<string, unknown>)[key] : undefined;
}
