import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { root } from '../stages/command.ts';
import { readSurface, type Surface } from './surface.ts';
import { licenceList } from '../supply-chain/licences.ts';
import { readLockfile } from '../supply-chain/lockfile.ts';
import { checkMaterials, writeMaterials } from './materials.ts';
import { checkSurveyFormat } from './survey-format.ts';

interface Section {
	file: string;
	/** The lists stand between <!-- name --> and <!-- /name -->. */
	name: string;
	/** Markdown made from what the API offers. */
	make(surface: Surface): string | Promise<string>;
}

const SECTIONS: readonly Section[] = [
	{ file: 'docs/self-hosting.md', name: 'settings', make: settingsTable },
	{ file: 'docs/api.md', name: 'routes', make: routesTable },
	{ file: 'docs/api.md', name: 'errors', make: errorsTable },
	{ file: 'docs/cli.md', name: 'commands', make: commandSections },
	{
		file: 'docs/licences.md',
		name: 'licences',
		make: async () => licenceList(await readLockfile()),
	},
];

/** Lists of the documents that do not say what the code does. */
export async function checkDocs(): Promise<string[]> {
	const problems: string[] = [];
	for (const { file, name, before, after } of await renderAll()) {
		if (before === null) {
			problems.push(
				`${file} has no place for the list '${name}': <!-- ${name} --> <!-- /${name} -->.`,
			);
		} else if (before !== after) {
			problems.push(`${file}: the list '${name}' is not what the code offers. Run: npm run docs`);
		}
	}
	return [...problems, ...(await checkSurveyFormat()), ...(await checkMaterials())];
}

/** Writes the lists anew. */
export async function writeDocs(): Promise<void> {
	for (const { file, before, after } of await renderAll()) {
		if (before !== null && before !== after) {
			const path = join(root, file);
			await writeFile(
				path,
				(await readFile(path, 'utf8')).replace(before, () => after),
			);
		}
	}
	await writeMaterials();
}

async function renderAll() {
	const surface = await readSurface();
	return Promise.all(
		SECTIONS.map(async ({ file, name, make }) => {
			const text = await readFile(join(root, file), 'utf8').catch(() => '');
			const marked = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`).exec(text);
			const list = `<!-- ${name} -->\n\n${await make(surface)}\n\n<!-- /${name} -->`;
			const after = (await format(list, { parser: 'markdown', useTabs: true })).trimEnd();
			return { file, name, before: marked?.[0] ?? null, after };
		}),
	);
}

function settingsTable({ settings }: Surface): string {
	const rows = settings.map(({ name, default: value, words }) => [
		`\`${name}\``,
		value === null ? '' : `\`${value}\``,
		words,
	]);
	return table(['setting', 'default', 'what it does'], rows);
}

function routesTable({ routes }: Surface): string {
	const rows = routes.map(({ method, path, verb, roles }) => [
		`\`${method} ${path}\``,
		`\`${verb}\``,
		roles.join(', ').replaceAll('_', ' '),
	]);
	return table(['request', 'verb', 'who may'], rows);
}

function errorsTable({ errors }: Surface): string {
	const rows = errors.map(({ code, status, words }) => [`\`${code}\``, String(status), words]);
	return table(['code', 'status', 'message'], rows);
}

function commandSections({ commands }: Surface): string {
	return commands.map(({ name, help }) => `## ${name}\n\n\`\`\`\n${help}\n\`\`\``).join('\n\n');
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
