import { parseArgs } from 'node:util';
import { type Command, type Input, UsageError } from './command.ts';

/**
 * Reads what follows the name of a command.
 * @throws UsageError in words when an option is unknown, or misses its value.
 */
export function readInput(
	command: Pick<Command, 'name' | 'options'>,
	args: string[],
): Input & { isJson: boolean; isHelp: boolean } {
	const { values, positionals } = parse(command, args);
	const text = (option: string) => {
		const value = values[option];
		return typeof value === 'string' ? value : undefined;
	};
	return {
		positionals,
		text,
		need(option) {
			const value = text(option);
			if (value === undefined) {
				const { value: placeholder = 'VALUE' } = command.options[option] ?? {};
				throw new UsageError(`--${option} ${placeholder} is missing.`);
			}
			return value;
		},
		has: (option) => values[option] === true,
		isJson: values['json'] === true,
		isHelp: values['help'] === true,
	};
}

function parse(
	command: Pick<Command, 'options'>,
	args: string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
	const own = Object.entries(command.options).map(([name, { type }]) => [name, { type }] as const);
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				...Object.fromEntries(own),
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		});
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UsageError(message.split('. To specify')[0] ?? message);
	}
}
