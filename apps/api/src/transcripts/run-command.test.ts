import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandRun, runCommand } from './run-command.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-speech-'));
});
afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

async function run(script: string, more: Partial<CommandRun> = {}) {
	const command = join(folder, `${script.length}-command.sh`);
	await writeFile(command, `#!/bin/sh\n${script}\n`);
	await chmod(command, 0o700);
	const percents: number[] = [];
	const bytes = runCommand({
		command,
		path: join(folder, 'a sound; rm -rf x.webm'),
		language: 'es',
		longestMs: 10_000,
		mostBytes: 10_000,
		signal: new AbortController().signal,
		onProgress: (percent) => percents.push(percent),
		...more,
	});
	return { text: Buffer.from(await bytes).toString('utf8'), percents };
}

test('what the command prints is given, with how far it was', async () => {
	const { text, percents } = await run(
		'echo "at 12%" >&2; sleep 0.1; echo "at 80.5 %" >&2; printf "WEBVTT\\n\\n%s %s" "$1" "$TRANSCRIBE_LANGUAGE"',
	);
	expect(text).toBe(`WEBVTT\n\n${join(folder, 'a sound; rm -rf x.webm')} es`);
	expect(percents).toEqual([12, 80]);
});

test('nothing of the server’s settings reaches it', async () => {
	process.env['SMTP_URL'] = 'smtps://secret';
	const { text } = await run('env');
	delete process.env['SMTP_URL'];
	expect(text).not.toContain('secret');
});

test('a failure ends with what it said last', async () => {
	await expect(run('echo "no model at /opt" >&2; exit 3')).rejects.toThrow(
		/status 3.*no model at \/opt/s,
	);
});

test('it may not take too long, nor what it started', async () => {
	const since = performance.now();
	await expect(run('sleep 30 & sleep 30', { longestMs: 300 })).rejects.toThrow(/longer/);
	expect(performance.now() - since).toBeLessThan(5000);
});

test('it may not print without end', async () => {
	await expect(run('yes')).rejects.toThrow(/more than a transcript/);
});

test('it is cancelled', async () => {
	const abort = new AbortController();
	setTimeout(() => abort.abort(), 200);
	await expect(run('sleep 30; echo', { signal: abort.signal })).rejects.toThrow(/cancelled/);
});
