import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

export const root = join(import.meta.dirname, '..', '..');
const SHOWN_LINES = 80;

interface Command {
	/** The script of a package, run by this Node: 'prettier/bin/prettier.cjs'. */
	module: string;
	args: readonly string[];
	/** Below the project's folder. */
	folder?: string;
	env?: Record<string, string>;
}

/** Runs a command to its end and gives what it printed. */
export async function run(command: Command): Promise<{ exitCode: number; output: string }> {
	const child = spawn(
		process.execPath,
		[join(root, 'node_modules', command.module), ...command.args],
		{
			cwd: join(root, command.folder ?? '.'),
			env: { ...process.env, ...command.env },
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	const stop = () => {
		child.kill('SIGINT');
		process.exitCode = 130;
	};
	const endings = ['SIGINT', 'SIGTERM', 'disconnect'] as const;
	endings.forEach((ending) => process.once(ending, stop));
	const chunks: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
	const [exitCode] = await once(child, 'close');
	endings.forEach((ending) => process.off(ending, stop));
	if (process.exitCode === 130) {
		console.log('Stopped.');
		process.exit();
	}
	return { exitCode: Number(exitCode ?? 1), output: Buffer.concat(chunks).toString() };
}

/** A stage that passes when its command does, and shows the end of its output when not. */
export function commandStage(name: string, command: Command): Stage {
	return {
		name,
		async run() {
			const { exitCode, output } = await run(command);
			const isPassed = exitCode === 0;
			return {
				passed: isPassed ? 1 : 0,
				failed: isPassed ? 0 : 1,
				skipped: 0,
				report: isPassed ? '' : lastLines(output),
			};
		},
	};
}

/** The end of a long output. */
export function lastLines(output: string): string {
	const lines = output.trimEnd().split('\n').filter(isTelling);
	const cut = lines.length > SHOWN_LINES ? [`(${lines.length - SHOWN_LINES} lines before)`] : [];
	return [...cut, ...lines.slice(-SHOWN_LINES)].join('\n');
}

/** Passed tests and npm's account of the script that failed say nothing about the failure. */
function isTelling(line: string): boolean {
	return !line.includes('✓') && !/npm (error|warn) /.test(line);
}
