// `npm run mutation [-- FOLDER[:PART]…]`: changes code in small ways and counts how many of the changes the tests notice.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { root } from '../stages/command.ts';
import { LEAST_SCORE, type Part, type Target, targets } from './targets.ts';

const here = import.meta.dirname;
const packages = join(here, 'node_modules', '@stryker-mutator');
const stryker = join(packages, 'core', 'bin', 'stryker.js');
const runner = join(packages, 'vitest-runner', 'dist', 'src', 'index.js');
const reports = join(here, 'reports');

interface Job {
	name: string;
	target: Target;
	part: Part;
}

async function main(wanted: readonly string[]): Promise<0 | 1 | 2> {
	const jobs = jobsOf(wanted);
	if (jobs === null) {
		console.error(`Name what is there: ${Object.keys(targets).join(', ')}, or FOLDER:PART.`);
		return 2;
	}
	if (!existsSync(stryker) && !install()) {
		return 1;
	}
	setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
	mkdirSync(reports, { recursive: true });
	for (const job of jobs) {
		await mutate(job);
	}
	return report() ? 0 : 1;
}

/** @returns null when something is named that is not there. */
function jobsOf(wanted: readonly string[]): Job[] | null {
	const all = Object.entries(targets).flatMap(([folder, target]) =>
		Object.entries(target.parts).map(([part, own]) => ({
			name: `${folder}:${part}`,
			target,
			part: own,
		})),
	);
	const isWanted = (name: string) =>
		wanted.some((each) => name === each || name.startsWith(`${each}:`));
	const jobs = wanted.length === 0 ? all : all.filter(({ name }) => isWanted(name));
	return jobs.length === 0 ? null : jobs;
}

/** Its packages are apart from the workspace: nobody needs them to start or to test. */
function install(): boolean {
	console.log('Installing what this needs …');
	const { status } = spawnSync('npm', ['ci'], {
		cwd: here,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	return status === 0;
}

async function mutate(job: Job): Promise<void> {
	const config = join(reports, `${fileName(job.name)}.config.json`);
	writeFileSync(config, JSON.stringify(configOf(job), null, '\t'));
	const child = spawn(process.execPath, [stryker, 'run', config], {
		cwd: join(root, job.target.package),
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, MUTATION_TESTS: job.part.tests.map((file) => `${file}.test.ts`).join() },
	});
	await once(child, 'close');
}

function configOf({ name, target: { folder }, part }: Job) {
	return {
		testRunner: 'vitest',
		plugins: [runner],
		mutate: part.files.map((file) => `${folder}/${file}.ts`),
		// Vitest 5 finds no test for a file of the copy: the tests are named to it by MUTATION_TESTS. Naming
		// them here as well would have Stryker switch on what runs at load only after it has run.
		vitest: { related: false },
		coverageAnalysis: 'perTest',
		concurrency: 1,
		incremental: true,
		incrementalFile: join(reports, `${fileName(name)}.incremental.json`),
		cleanTempDir: 'always',
		// Only what does not end is stopped: a busy machine is slow at times.
		timeoutMS: 30_000,
		timeoutFactor: 3,
		dryRunTimeoutMinutes: 30,
		reporters: ['clear-text', 'json', 'progress-append-only'],
		clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
		jsonReporter: { fileName: join(reports, `${fileName(name)}.json`) },
	};
}

/** Says the score of each folder. @returns whether every one that was run is high enough. */
function report(): boolean {
	let isEnough = true;
	for (const [name, target] of Object.entries(targets)) {
		const left = filesWithoutPart(target);
		const parts = Object.keys(target.parts).map((part) => ({
			part,
			...statusesOf(`${name}:${part}`),
		}));
		const noticed = parts.reduce((sum, part) => sum + part.noticed, 0);
		const all = parts.reduce((sum, part) => sum + part.all, 0);
		const notRun = parts.filter((part) => part.all === 0).map(({ part }) => part);
		const score = all === 0 ? 0 : (100 * noticed) / all;
		isEnough &&= all === 0 || (score >= LEAST_SCORE && left.length === 0);
		console.log(
			all === 0
				? `${name}: not run`
				: `${name}: ${score.toFixed(1)} % of ${all} changes noticed (least ${LEAST_SCORE} %)`,
		);
		for (const part of parts.filter((each) => each.all > 0 && parts.length > 1)) {
			console.log(
				`  ${part.part}: ${((100 * part.noticed) / part.all).toFixed(1)} % of ${part.all}`,
			);
		}
		if (all > 0 && notRun.length > 0) {
			console.log(`  not run: ${notRun.join(', ')}`);
		}
		if (left.length > 0) {
			console.log(`  in no part: ${left.join(', ')}. Name them in tooling/mutation/targets.ts.`);
		}
	}
	return isEnough;
}

/** Code of the folder that no part changes: a score without it would say too much. */
function filesWithoutPart(target: Target): string[] {
	if (target.isPartOfFolder === true) {
		return [];
	}
	const named = new Set(Object.values(target.parts).flatMap(({ files }) => files));
	return readdirSync(join(root, target.package, target.folder))
		.filter((file) => file.endsWith('.ts') && !/\.test\.ts$|-fixture\.ts$/.test(file))
		.map((file) => file.slice(0, -'.ts'.length))
		.filter((file) => !named.has(file));
}

function statusesOf(job: string): { noticed: number; all: number } {
	const file = join(reports, `${fileName(job)}.json`);
	if (!existsSync(file)) {
		return { noticed: 0, all: 0 };
	}
	const content: { files: Record<string, { mutants: { status: string }[] }> } = JSON.parse(
		readFileSync(file, 'utf8'),
	);
	const statuses = Object.values(content.files).flatMap(({ mutants }) =>
		mutants.map(({ status }) => status),
	);
	const noticed = statuses.filter((status) => ['Killed', 'Timeout'].includes(status)).length;
	const missed = statuses.filter((status) => ['Survived', 'NoCoverage'].includes(status)).length;
	return { noticed, all: noticed + missed };
}

function fileName(job: string): string {
	return job.replace(':', '-');
}

process.exitCode = await main(process.argv.slice(2));
