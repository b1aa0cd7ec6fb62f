import type { ImportResult } from '../../import/import-csv.ts';
import type { ColumnMap } from '../../import/column-map.ts';
import type { Deps } from '../../deps.ts';
import { type Command, type Input, type Io, UsageError } from '../command.ts';
import { parseJson, readText } from '../read-file.ts';

const SHOWN = 20;

export const responsesImport: Command = {
	name: 'responses import',
	summary: 'Import survey responses from a CSV file as an opened window.',
	usage: 'FILE.csv --engagement SLUG --survey KEY [--map FILE.json] [--window LABEL] [--dry-run]',
	details:
		'Columns named by a question id, or by site, grade or language, are taken as such; others need a\nmap: { "column": "S01", "other": { "question": "S02", "values": { "Yes": "yes" } },\n"school": { "attribute": "site", "values": { "North High": "north" } }, "notes": null }.\nA cell holds an option’s code or its label; several are separated by “;”. Rows that cannot be stored\nare written to FILE.rejected.csv with their line and the reason, ready to be put right. Rows are\nshuffled, and cohorts too small to stand alone are merged as at an opening. The file is UTF-8 with\ncommas, semicolons or tabs.',
	options: {
		engagement: { type: 'string', value: 'SLUG', words: 'Which engagement.' },
		survey: { type: 'string', value: 'KEY', words: 'Which survey; its latest published version.' },
		map: { type: 'string', value: 'FILE', words: 'What the columns hold, as JSON.' },
		window: {
			type: 'string',
			value: 'LABEL',
			words: 'What to call the window; “Imported: FILE” unless given.',
		},
		from: { type: 'string', value: 'DATE', words: 'First day of the survey; today unless given.' },
		to: { type: 'string', value: 'DATE', words: 'Last day of the survey; today unless given.' },
		language: {
			type: 'string',
			value: 'CODE',
			words: 'Language of rows that name none; the survey’s default unless given.',
		},
		'dry-run': { type: 'boolean', words: 'Check every row and store nothing.' },
	},
	examples: [
		'responses import spring.csv --engagement eng-2026-sro --survey survey_student --dry-run',
		'responses import spring.csv --engagement eng-2026-sro --survey survey_student --map spring.json --json',
	],
	async run(input, io) {
		const { withDeps } = await import('../with-database.ts');
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one CSV file.');
		}
		const map = await readMap(input, io);
		const result = await withDeps(io, 'throughline responses import', (deps) =>
			importFile(deps, { input, io, file, map }),
		);
		if (result.accepted === 0) {
			io.fail();
		}
		io.print(result, wordsOf(result));
	},
};

async function importFile(
	deps: Deps,
	{ input, io, file, map }: { input: Input; io: Io; file: string; map: ColumnMap },
): Promise<ImportResult> {
	const { importCsv } = await import('../../import/import-csv.ts');
	const { UnusableFile } = await import('../../import/unusable-file.ts');
	const { findEngagementBySlug } = await import('../find-engagement.ts');
	try {
		return await importCsv(deps, {
			path: io.path(file),
			engagement: await findEngagementBySlug(deps.db, input.need('engagement')),
			surveyKey: input.need('survey'),
			map,
			label: input.text('window') ?? `Imported: ${file.split(/[/\\]/).at(-1)}`,
			...daysOf(deps, input),
			language: input.text('language'),
			isDryRun: input.has('dry-run'),
		});
	} catch (error) {
		if (error instanceof UnusableFile) {
			throw new UsageError(`${file}: ${error.message}`, { cause: error });
		}
		throw error;
	}
}

async function readMap(input: Input, io: Io): Promise<ColumnMap> {
	const { columnMapSchema } = await import('../../import/column-map.ts');
	const file = input.text('map');
	const given = file === undefined ? {} : parseJson(await readText(io, file), file);
	const parsed = columnMapSchema.safeParse(given);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new UsageError(
			`${file} is no map of columns (at ${issue?.path.join('.')}: ${issue?.message}).`,
		);
	}
	return parsed.data;
}

function daysOf({ clock }: Deps, input: Input): { opensAt: Date; closesAt: Date } {
	const today = clock().toISOString().slice(0, 10);
	const from = input.text('from') ?? input.text('to') ?? today;
	const to = input.text('to') ?? from;
	const opensAt = new Date(`${from}T12:00:00Z`);
	const closesAt = new Date(`${to}T12:00:01Z`);
	if (Number.isNaN(opensAt.getTime()) || Number.isNaN(closesAt.getTime()) || closesAt <= opensAt) {
		throw new UsageError('--from and --to are days such as 2026-03-02, the first before the last.');
	}
	return { opensAt, closesAt };
}

function wordsOf(result: ImportResult): string {
	const lines = [
		result.isDryRun
			? `${result.accepted} rows can be imported; nothing was stored.`
			: `${result.accepted} responses were imported, with ${result.excerpts} open answers to code.`,
		result.accepted + result.rejected === 0
			? 'The file has no row below its first line.'
			: `${result.rejected} rows were rejected.`,
		...result.examples
			.slice(0, SHOWN)
			.map(({ line, reasons }) => `  line ${line}: ${reasons.join(' ')}`),
		...(result.rejected > SHOWN ? [`  and ${result.rejected - SHOWN} more`] : []),
		...(result.rejectedFile === null ? [] : [`They are in ${result.rejectedFile}.`]),
		...(result.ignoredColumns.length === 0
			? []
			: [`Columns left out: ${result.ignoredColumns.join(', ')}.`]),
		...Object.entries(result.offPath).map(
			([id, n]) => `${n} answers to ${id} were left out: the survey would not have asked.`,
		),
	];
	return lines.join('\n');
}
