/**
 * Prints the tables of docs/redaction.md: `node tooling/bench/redaction-figures.ts [--corpora]`.
 * With --corpora also how many of 1,000 public texts are changed where no name is listed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { measureRedaction, redact, REDACTION_KINDS } from '@throughline/analysis/text';
import type { RedactionFigures } from '@throughline/analysis/text';
import { largeRoster, MARKED_TURNS, ROSTER } from './redaction-cases.ts';

const SHARED = new URL('../../../shared/data/', import.meta.url);

for (const half of ['develop', 'held'] as const) {
	const cases = MARKED_TURNS.filter((turn) => turn.half === half);
	const [listed, unlisted, crowded] = [ROSTER, [], largeRoster(3_000)].map((names) =>
		measureRedaction(cases, ({ text, language }) => redact(text, { names, language }).redactions),
	);
	if (listed === undefined || unlisted === undefined || crowded === undefined) {
		continue;
	}
	print(`\n### ${half}: ${cases.length} turns, ${listed.disturbed.of} with nothing to find\n`);
	print('| kind | spans | with the roster: P / R | exact: P / R | without: P / R | exact: P / R |');
	print('| --- | --- | --- | --- | --- | --- |');
	for (const kind of REDACTION_KINDS) {
		print(row(kind, listed.byKind[kind], unlisted.byKind[kind]));
	}
	print(row('all', listed.all, unlisted.all));
	print(
		`\nTurns with nothing to find in which something was suggested: ${listed.disturbed.texts} with the roster, ${unlisted.disturbed.texts} without, ${crowded.disturbed.texts} with a roster of 3,000 invented names.`,
	);
}
if (process.argv.includes('--corpora')) {
	print('\n| texts | number | changed, of 1,000 | spans by kind |\n| --- | --- | --- | --- |');
	for (const [name, texts] of corpora().filter(([, found]) => found.length > 0)) {
		print(corpusRow(name, texts));
	}
}

function row(name: string, listed: RedactionFigures, unlisted: RedactionFigures): string {
	const pair = ({ precision, recall }: RedactionFigures['exact']) =>
		`${precision.toFixed(3)} / ${recall.toFixed(3)}`;
	const figures = [listed.overlap, listed.exact, unlisted.overlap, unlisted.exact].map(pair);
	return `| ${[name, String(listed.marked), ...figures].join(' | ')} |`;
}

function corpusRow(name: string, texts: readonly string[]): string {
	const kinds = new Map<string, number>();
	let changed = 0;
	for (const text of texts) {
		const { redactions } = redact(text, { names: [], language: 'en' });
		changed += redactions.length > 0 ? 1 : 0;
		for (const { kind } of redactions) {
			kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		}
	}
	const rate = ((changed / texts.length) * 1000).toFixed(1);
	const found = Array.from(kinds, ([kind, number]) => `${kind} ${number}`).join(', ');
	return `| ${name} | ${texts.length.toLocaleString('en')} | ${rate} | ${found} |`;
}

function corpora(): [string, string[]][] {
	const lines = (name: string) => read(`coding/${name}.jsonl`).map(textOf);
	return [
		['patients on their care (nhs_p1_single)', lines('nhs_p1_single')],
		['patients on transport and wards (nhs_p2_multi)', lines('nhs_p2_multi')],
		['voters on terrorism (anes_terrorism)', lines('anes_terrorism')],
		['bank customers (banking77)', lines('banking77')],
		['titles of programmers (stackoverflow20)', lines('stackoverflow20')],
		['viewers of lectures (sight_double)', lines('sight_double')],
		['Polis: London youth on policing', comments('london.youth.policing')],
		['Polis: a minimum wage', comments('15-per-hour-seattle')],
		['Polis: volunteers of a town', comments('bg2050-volunteers')],
		['Polis: marching orders', comments('march-on.operation-marchin-orders')],
		['Bowling Green comments', bowlingGreen()],
		['captions, English and Arabic', ['en', 'ar'].flatMap(captions)],
	];
}

function read(path: string): string[] {
	const file = new URL(path, SHARED);
	return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function textOf(line: string): string {
	// A record of a coding corpus has a text.
	return (JSON.parse(line) as { text: string }).text;
}

function comments(conversation: string): string[] {
	const [head = [], ...rows] = csvRows(
		read(`dialog/polis/${conversation}/comments.csv`).join('\n'),
	);
	const column = head.findIndex((cell) => cell.trim() === 'comment-body');
	return rows.flatMap((cells) => cells[column] ?? []);
}

function csvRows(text: string): string[][] {
	const rows: string[][] = [[]];
	for (const [, quoted, plain, end] of text.matchAll(
		/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/gu,
	)) {
		rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
		if (end !== ',') {
			rows.push([]);
		}
	}
	return rows.filter((cells) => cells.length > 1);
}

function bowlingGreen(): string[] {
	const file = read('dialog/jigsaw-bowling-green-2018/comments-coded.json').join('\n') || '[]';
	// A list of comments, each with a text.
	return (JSON.parse(file) as { text: string }[]).map(({ text }) => text);
}

function captions(language: string): string[] {
	const blocks = read(`dialog/captions/captions.${language}.vtt`)
		.join('\n')
		.split(/\n{2,}/u);
	return blocks
		.filter((block) => block.includes('-->'))
		.map((block) => block.replace(/^.*-->.*$/mu, '').trim());
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
