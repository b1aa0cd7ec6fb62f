import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { migrate, openDatabase } from '@throughline/db';
import type { Schema } from '@throughline/db/schema';
import { stringify } from 'csv-stringify/sync';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { MAX_THEMES } from '../actions/decide-excerpt.ts';
import type { DecidedList, NextExcerpts } from '../routes/coding/schema.ts';
import type { CodebookView, ReliabilityView } from '../routes/codebook/schema.ts';
import { type Random, seededRandom } from '../sample/random.ts';
import { systemRandom } from '../system/random.ts';
import { seedCorpus } from './seed-corpus.ts';
import { seedPerson } from './seed-engagement.ts';
import { staff, testApp } from './test-app.ts';

/*
 * Takes a labelled corpus through the product from file to protected table: a CSV and a codebook
 * imported by the command line, two coders at work (the corpus's labels, the second with slips),
 * suggestions trained, themes counted by an attribute under the rules of disclosure.
 *
 *   node apps/api/src/testing/run-corpus.ts FILE.jsonl --attribute service [--rows 500]
 *
 * FILE holds lines of { text, labels, attrs }; nothing of it is kept.
 */

const MAIN = join(import.meta.dirname, '../cli/main.ts');
const SLUG = 'corpus';
const HELD_BACK = 200;
const SLIPS = 0.1;

const row = z.object({
	text: z.string(),
	labels: z.array(z.string()).min(1),
	attrs: z.record(z.string(), z.unknown()).default({}),
});
type Row = z.output<typeof row>;

function say(...words: unknown[]): void {
	process.stdout.write(`${format(...words)}\n`);
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			attribute: { type: 'string' },
			rows: { type: 'string', default: '500' },
		},
	});
	const [file] = positionals;
	if (file === undefined || values.attribute === undefined) {
		throw new Error('Give a JSON Lines file and --attribute NAME.');
	}
	const attribute = values.attribute;
	const folder = await mkdtemp(join(tmpdir(), 'throughline-corpus-'));
	try {
		const random = seededRandom(1);
		const lines = (await readFile(file, 'utf8')).trim().split('\n');
		const all = shuffled(
			lines.map((line) => row.parse(JSON.parse(line))),
			random,
		);
		const rows = all.slice(0, Number(values.rows));
		const heldBack = all.slice(rows.length, rows.length + HELD_BACK);
		await runCorpus({ folder, rows, heldBack, attribute, random });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

interface Corpus {
	folder: string;
	rows: Row[];
	heldBack: Row[];
	attribute: string;
	random: Random;
}

async function runCorpus(corpus: Corpus): Promise<void> {
	const { folder, rows, heldBack, attribute, random } = corpus;
	const siteOf = ({ attrs }: Row) => String(attrs[attribute] ?? '');
	const labels = [...new Set([...rows, ...heldBack].flatMap((one) => one.labels))].sort();
	const dataDir = join(folder, 'data');
	let handle = await openDatabase({ dataDir });
	await migrate(handle.db);
	const engagementId = await seedCorpus(handle.db, {
		slug: SLUG,
		sites: [...new Set(rows.map(siteOf))].sort(),
	});
	await handle.close();

	const csv = [['said', 'where'], ...rows.map((one) => [one.text, siteOf(one)])];
	await writeFile(join(folder, 'rows.csv'), stringify(csv));
	const map = { said: 'Q1', where: { attribute: 'site' } };
	await writeFile(join(folder, 'map.json'), JSON.stringify(map));
	const themes = labels.map((label) => ({ label }));
	const codebook = { title: 'From the labels', groups: [{ label: 'Labels', themes }] };
	await writeFile(join(folder, 'codebook.json'), JSON.stringify(codebook));
	const run = (...args: string[]) =>
		throughline({ folder, dataDir }, [...args, '--engagement', SLUG]);
	say('codebook import:', await run('codebook', 'import', 'codebook.json'));
	const options = ['--survey', 'corpus', '--map', 'map.json', '--window', 'Corpus'];
	const imported = await run('responses', 'import', 'rows.csv', ...options);
	const { examples, ...counts } = imported as { examples: unknown[] };
	say('responses import:', counts, examples.slice(0, 3));

	handle = await openDatabase({ dataDir });
	const sut = testApp(handle.db);
	try {
		const byLabel = await themeIds({ sut, engagementId });
		const labelled = await labelsByExcerpt(handle.db, { engagementId, rows });
		for (const [place, name] of ['first', 'second'].entries()) {
			const email = `${name}@example.org`;
			const person = await seedPerson(handle.db, { engagementId, email, roles: ['coder'] });
			sut.signInAs(staff(person, engagementId, ['coder']));
			const decide = (truth: readonly string[]) =>
				(place === 0 ? truth : withSlips(truth, { labels, random }))
					.slice(0, MAX_THEMES)
					.flatMap((label) => byLabel.get(label) ?? []);
			const decided = await codeAll({ sut, engagementId, labelled, decide });
			say(`${name} coder decided:`, decided);
		}
		await report({ sut, engagementId, heldBack, byLabel });
	} finally {
		await sut.deps.suggestions.stop();
		await handle.close();
	}
}

type Sut = ReturnType<typeof testApp>;

/** One coder works the queue to its end, as the page does: ask for the next, decide, ask again. */
async function codeAll(work: {
	sut: Sut;
	engagementId: string;
	labelled: Map<string, string[]>;
	decide: (truth: readonly string[]) => string[];
}): Promise<number> {
	const { sut, engagementId, labelled, decide } = work;
	const base = `/api/engagements/${engagementId}/coding`;
	for (let count = 0; ;) {
		const { excerpts } = (await sut.send('GET', `${base}/next?limit=20`)).body as NextExcerpts;
		if (excerpts.length === 0) {
			return count;
		}
		for (const { id } of excerpts) {
			const body = { themeIds: decide(labelled.get(id) ?? []) };
			const { status } = await sut.send('PUT', `${base}/excerpts/${id}/decision`, body);
			if (status !== 200) {
				throw new Error(`A decision was answered with ${status}.`);
			}
			count += 1;
		}
	}
}

async function report(done: {
	sut: Sut;
	engagementId: string;
	heldBack: Row[];
	byLabel: Map<string, string>;
}): Promise<void> {
	const { sut, engagementId, heldBack, byLabel } = done;
	const base = `/api/engagements/${engagementId}`;
	await sut.deps.suggestions.train(engagementId);
	let hits = 0;
	let wanted = 0;
	const started = performance.now();
	for (const { text, labels } of heldBack) {
		const found = (await sut.deps.suggestions.suggest(engagementId, text)) ?? [];
		const top = found.slice(0, 3).map(({ themeId }) => themeId);
		hits += labels.filter((label) => top.includes(byLabel.get(label) ?? '')).length;
		wanted += labels.length;
	}
	const each = (performance.now() - started) / heldBack.length;
	say('labels among the first three suggestions:', `${((100 * hits) / wanted).toFixed(1)} %`);
	say('one suggestion, thread and back:', `${each.toFixed(2)} ms`);

	const decided = (await sut.send('GET', `${base}/coding/decided`)).body as DecidedList;
	say('decisions listed on a page:', decided.decided.length);
	const agreement = (await sut.send('GET', `${base}/codebook/reliability`)).body as ReliabilityView;
	const figures = Object.values(agreement.themes ?? {});
	const alphas = figures.flatMap((figure) => (figure.type === 'measured' ? [figure.alpha] : []));
	say('excerpts coded twice:', agreement.units, 'alphas:', alphas.sort((a, b) => a - b).join(' '));
	sut.signInAs(staff(systemRandom.uuid7(), engagementId, ['data_steward']));
	const results = (await sut.send('GET', `${base}/results`)).body as { windows: { id: string }[] };
	const chart = `${base}/results/${results.windows[0]?.id}/charts/themes-all-by-site/csv`;
	const table = await sut.app.request(chart);
	say(`themes by site (${table.status}):\n${await table.text()}`);
}

async function themeIds({ sut, engagementId }: { sut: Sut; engagementId: string }) {
	sut.signInAs(staff(systemRandom.uuid7(), engagementId, ['coder']));
	const { body } = await sut.send('GET', `/api/engagements/${engagementId}/codebook`);
	const themes = (body as CodebookView).groups.flatMap((group) => group.themes);
	return new Map(themes.map(({ label, id }) => [label, id]));
}

/** The corpus's labels of each excerpt, found again by the words that were sent. */
async function labelsByExcerpt(
	db: Kysely<Schema>,
	{ engagementId, rows }: { engagementId: string; rows: Row[] },
): Promise<Map<string, string[]>> {
	const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
	const byText = new Map(rows.map(({ text, labels }) => [plain(text), labels]));
	const excerpts = await db
		.selectFrom('excerpt as e')
		.innerJoin('response as r', (join) =>
			join.onRef('r.engagement_id', '=', 'e.engagement_id').onRef('r.id', '=', 'e.source_id'),
		)
		.select(['e.id', 'r.answers'])
		.where('e.engagement_id', '=', engagementId)
		.execute();
	return new Map(
		excerpts.map(({ id, answers }) => [id, byText.get(plain(String(answers.values['Q1']))) ?? []]),
	);
}

/** A coder who now and then misses a theme, or sees another. */
function withSlips(
	truth: readonly string[],
	{ labels, random }: { labels: readonly string[]; random: Random },
): string[] {
	const kept = truth.filter(() => !random.chance(SLIPS));
	return random.chance(SLIPS) ? [...new Set([...kept, random.pick(labels)])] : kept;
}

function shuffled<T>(items: T[], random: Random): T[] {
	return items
		.map((item) => ({ item, at: random.next() }))
		.sort((one, other) => one.at - other.at)
		.map(({ item }) => item);
}

/** Runs a command of the product and gives what it printed as JSON. */
async function throughline(
	at: { folder: string; dataDir: string },
	args: string[],
): Promise<unknown> {
	const child = spawn(process.execPath, [MAIN, ...args, '--json'], {
		cwd: at.folder,
		env: { PATH: process.env['PATH'], DATA_DIR: at.dataDir },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const closed = once(child, 'close');
	let printed = '';
	for await (const chunk of child.stdout) {
		printed += String(chunk);
	}
	await closed;
	if (child.exitCode !== 0) {
		throw new Error(`throughline ${args.join(' ')} ended with ${child.exitCode}.`);
	}
	return JSON.parse(printed);
}

await main();
