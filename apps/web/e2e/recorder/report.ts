import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { findChromium } from '../find-chromium.ts';
import type { KillRun } from './kill-run.ts';
import type { UploadRun } from './upload-run.ts';

/** What came of a run, or why nothing did. */
export type Outcome<Run> = { run: Run } | { problem: string };

const REPORT = resolve(import.meta.dirname, '../../../../docs/recorder-proof.md');
/** What a session may lose. */
export const MOST_LOST_SECONDS = 10;
const GIB = 1024 ** 3;

/** Nothing but the running slice was lost, the server has the very bytes, and they are sound. */
export function isGoodKill(outcome: Outcome<KillRun>): boolean {
	if ('problem' in outcome) {
		return false;
	}
	const { lost, isSame, status, original } = outcome.run;
	const isSound = !original.isAsked || original.isSound;
	return lost <= MOST_LOST_SECONDS && isSame && isSound && status !== 'failed';
}

export function isGoodUpload(outcome: Outcome<UploadRun>): boolean {
	if ('problem' in outcome) {
		return false;
	}
	const { isAddedOnce, isSame, isKeptUntilVerified, isClearedHere } = outcome.run;
	return isAddedOnce && isSame && isKeptUntilVerified && isClearedHere;
}

/** Replaces the table of killed browsers in the report. */
export async function writeKills(
	kills: readonly Outcome<KillRun>[],
	{ longestSeconds, parallel }: { longestSeconds: number; parallel: number },
): Promise<void> {
	const runs = kills.flatMap((each) => ('run' in each ? [each.run] : []));
	const lost = runs.map((run) => run.lost).toSorted((a, b) => a - b);
	const saved = runs.filter(({ status }) => status !== 'nothing');
	await replace(
		'kills',
		`${whenAndWhere()} ${parallel} browsers at a time.

**${kills.length} runs, ${kills.filter(isGoodKill).length} good. Lost: median ${one(median(lost))} s, at most ${one(lost.at(-1) ?? 0)} s.** Killed before the first slice was full, with nothing to recover: ${runs.length - saved.length}. Killed between second ${one(Math.min(...runs.map((run) => run.killedAfter)))} and second ${one(Math.max(...runs.map((run) => run.killedAfter)))} of up to ${longestSeconds}.

| run | killed at | recovered | lost | bytes | hashes verified | decodes | sound |
| --: | --: | --: | --: | --: | --- | --- | --: |
${kills.map((each, index) => killRow(index + 1, each)).join('\n')}`,
	);
}

/** Replaces the table of uploads that were cut off in the report. */
export async function writeUploads(
	uploads: readonly Outcome<UploadRun>[],
	{ bytesASecond }: { bytesASecond: number },
): Promise<void> {
	const runs = uploads.flatMap((each) => ('run' in each ? [each.run] : []));
	const lost = runs.map((run) => run.lostOnTheWay).toSorted((a, b) => a - b);
	const seconds = runs.map((run) => run.seconds).toSorted((a, b) => a - b);
	const cuts = runs.flatMap((run) => run.cuts);
	const count = (kind: string) => cuts.filter((cut) => cut.kind === kind).length;
	await replace(
		'uploads',
		`${whenAndWhere()} ${inMb(runs[0]?.bytes ?? 0)} MB each over a line of ${inMb(bytesASecond)} MB/s.

**${uploads.length} runs with ${count('network')} cuts of the network and ${count('server')} killed servers, ${uploads.filter(isGoodUpload).length} good.** Bytes lost on the way and sent again: median ${median(lost)}, at most ${lost.at(-1) ?? 0}. Seconds from beginning to end, restarts of the server included: median ${one(median(seconds))}, at most ${one(seconds.at(-1) ?? 0)}.

| run | cut | at byte | went on at | cut | at byte | went on at | bytes received | each once | the same | kept until verified | cleared | seconds |
| --: | --- | --: | --: | --- | --: | --: | --: | --- | --- | --- | --- | --: |
${uploads.map((each, index) => uploadRow(index + 1, each)).join('\n')}`,
	);
}

function killRow(number: number, each: Outcome<KillRun>): string {
	if ('problem' in each) {
		return `| ${number} | FAILED: ${each.problem} | | | | | | |`;
	}
	const { killedAfter, recovered, lost, bytes, isSame, status, original } = each.run;
	const times = [killedAfter, recovered, lost].map((value) => `${one(value)} s`).join(' | ');
	if (status === 'nothing') {
		return `| ${number} | ${times} | 0 | nothing saved | | |`;
	}
	const decodes = original.isAsked ? yes(original.isSound) : 'not asked';
	const isVerified = isSame && status !== 'failed';
	return `| ${number} | ${times} | ${bytes} | ${yes(isVerified)} | ${decodes} | ${one(original.seconds)} s |`;
}

function uploadRow(number: number, each: Outcome<UploadRun>): string {
	if ('problem' in each) {
		return `| ${number} | FAILED: ${each.problem} | | | | | | | | | | | |`;
	}
	const { cuts, seconds, bytes, isAddedOnce, isSame, isKeptUntilVerified, isClearedHere } =
		each.run;
	const at = cuts.map(({ kind, atByte, resumedAt }) => `${kind} | ${atByte} | ${resumedAt}`);
	const facts = [isAddedOnce, isSame, isKeptUntilVerified, isClearedHere].map(yes);
	return `| ${number} | ${at.join(' | ')} | ${bytes} | ${facts.join(' | ')} | ${one(seconds)} |`;
}

function whenAndWhere(): string {
	const version = spawnSync(findChromium(), ['--version']).stdout?.toString() ?? '';
	const chromium = /Chromium \d+/.exec(version)?.[0] ?? 'Chromium';
	const memory = Math.round(totalmem() / GIB);
	return `On ${new Date().toISOString().slice(0, 10)}, ${chromium} without a window, ${availableParallelism()} cores and ${memory} GB shared with other work.`;
}

/** What stands between the two comments of that name becomes these words. */
async function replace(name: string, words: string): Promise<void> {
	const report = await readFile(REPORT, 'utf8');
	const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const before = report.slice(0, report.indexOf(begin) + begin.length);
	const after = report.slice(report.indexOf(end));
	const whole = `${before}\n\n${words}\n\n${after}`;
	await writeFile(REPORT, await format(whole, { parser: 'markdown' }));
}

function median(sorted: readonly number[]): number {
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function one(value: number): string {
	return value.toFixed(1);
}

function inMb(bytes: number): string {
	return one(bytes / 1_000_000);
}

function yes(is: boolean): string {
	return is ? 'yes' : 'NO';
}
