import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

/** Where Debian's and others' LibreOffice lies. `apt-get install libreoffice-calc-nogui` */
const PROGRAMS = ['/usr/bin/soffice', '/usr/lib/libreoffice/program/soffice'];
/** Characters are 1 for comma and 34 for the double quote, 76 is UTF-8; formulas may be read. */
const AS_A_PERSON_OPENS_IT = 'CSV:44,34,76,1,,0,false,true,true';

const program = await firstOf(PROGRAMS);

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-spreadsheet-'));
});
afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

/** What the program makes of a file: the formulas and the text of its cells. */
async function openedBySpreadsheet(csv: string) {
	const file = join(folder, 'opened.csv');
	await writeFile(file, csv);
	const parameters = ['--headless', `-env:UserInstallation=file://${folder}/profile`];
	await promisify(execFile)(
		program ?? '',
		[
			...parameters,
			`--infilter=${AS_A_PERSON_OPENS_IT}`,
			'--convert-to',
			'fods',
			'--outdir',
			folder,
			file,
		],
		{ timeout: 120_000 },
	);
	const xml = await readFile(join(folder, 'opened.fods'), 'utf8');
	const formulas = [...xml.matchAll(/table:formula="([^"]*)"/g)].map(
		([, formula]) => formula ?? '',
	);
	return { formulas, xml };
}

const STARTS = ['=', '+', '-', '@', '\t=', '\r=', '\n=', ' =', '"=', '\ufeff=', '＝', '＋', "'="];
const BODIES = [
	'1+1',
	'SUM(1;2)',
	'cmd|\u0027 /C calc\u0027!A0',
	'HYPERLINK("http://localhost/?x="&A1,"here")',
	'WEBSERVICE("http://localhost/")',
	'DDE("soffice";"a";"b")',
	'IMPORTXML("http://localhost/","//a")',
];

test.skipIf(program === null)(
	'a spreadsheet program finds no formula in what we write, and does in what others write',
	async () => {
		const cells = STARTS.flatMap((start) => BODIES.map((body) => start + body));
		const rows = [['number', 'words'], ...cells.map((cell, index) => [index, cell] as const)];
		const { formulas, xml } = await openedBySpreadsheet(writeCsv(rows));
		expect(formulas).toEqual([]);
		expect(xml).toContain('1+1');

		// The control: the same cells as somebody else would write them. This program takes only what
		// begins with = for a formula; others take more.
		const naive = cells.map((cell) => `x,"${cell.replaceAll('"', '""')}"\r\n`).join('');
		expect((await openedBySpreadsheet(naive)).formulas).toHaveLength(BODIES.length);
	},
	240_000,
);

async function firstOf(paths: readonly string[]): Promise<string | null> {
	for (const path of paths) {
		const isThere = await access(path).then(
			() => true,
			() => false,
		);
		if (isThere) {
			return path;
		}
	}
	return null;
}
