import { resolve } from 'node:path';
import { type Io, UsageError } from './command.ts';
import { commands, findCommand } from './commands.ts';
import { helpOf, overview } from './help.ts';
import { readInput } from './read-input.ts';

/** The `throughline` command: parse → action → print. */
async function main(args: string[]): Promise<number> {
	const isJsonFirst = args[0] === '--json';
	const found = findCommand(isJsonFirst ? args.slice(1) : args);
	if (found === null) {
		return explain(args);
	}
	const command = await found.entry.load();
	let exitCode = 0;
	try {
		const { isJson, isHelp, ...input } = readInput(command, found.rest);
		if (isHelp) {
			console.log(helpOf(command));
			return 0;
		}
		await command.run(
			input,
			createIo(isJson || isJsonFirst, () => {
				exitCode = 1;
			}),
		);
	} catch (error) {
		const isUsage = error instanceof UsageError;
		console.error(error instanceof Error ? error.message : String(error));
		if (isUsage) {
			console.error(`Try: npm run -s throughline -- ${command.name} --help`);
		}
		return isUsage ? 2 : 1;
	}
	return exitCode;
}

function explain(args: string[]): number {
	if (args.length === 0 || args.some((arg) => arg === '--help' || arg === '-h' || arg === 'help')) {
		console.log(overview(commands));
		return 0;
	}
	console.error(`There is no command '${args.slice(0, 2).join(' ')}'.\n`);
	console.error(overview(commands));
	return 2;
}

function createIo(isJson: boolean, fail: () => void): Io {
	// npm runs scripts in the project's folder and says here where the person was.
	const typedIn = process.env['INIT_CWD'] ?? process.cwd();
	return {
		isJson,
		print: (document, words) => console.log(isJson ? JSON.stringify(document) : words),
		fail,
		note: (words) => console.error(words),
		path: (file) => resolve(typedIn, file),
		env: process.env,
	};
}

process.exitCode = await main(process.argv.slice(2));
