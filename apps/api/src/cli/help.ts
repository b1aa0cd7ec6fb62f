import type { Command } from './command.ts';

const PREFIX = 'npm run -s throughline --';
const COMMON: [string, string][] = [
	['--json', 'Print one JSON document instead of words.'],
	['--help', 'Show this.'],
];

/** Every command with its summary. */
export function overview(commands: readonly Pick<Command, 'name' | 'summary'>[]): string {
	const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
	return [
		`Usage: ${PREFIX} <command> [--json]`,
		'',
		...aligned(rows),
		'',
		`${PREFIX} <command> --help  says more.`,
		'Exit status: 0 done, 1 failed or the answer is no, 2 the input cannot be used.',
	].join('\n');
}

/** One command in full. */
export function helpOf(command: Command): string {
	const options = Object.entries(command.options).map(([name, option]): [string, string] => [
		option.type === 'string' ? `--${name} ${option.value ?? 'VALUE'}` : `--${name}`,
		option.words,
	]);
	return [
		`Usage: ${PREFIX} ${command.name} ${command.usage}`.trimEnd(),
		'',
		command.summary,
		...(command.details === undefined ? [] : ['', command.details]),
		'',
		...aligned([...options, ...COMMON]),
		...(command.examples.length === 0 ? [] : ['', 'Examples:']),
		...command.examples.map((example) => `  ${PREFIX} ${example}`),
	].join('\n');
}

function aligned(rows: [string, string][]): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
