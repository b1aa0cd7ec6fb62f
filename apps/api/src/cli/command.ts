/** One command of `throughline`. Its file loads nothing heavy before `run` is called. */
export interface Command {
	/** As typed: 'migrate', 'expression eval'. */
	name: string;
	/** What it does, in one line. */
	summary: string;
	/** What follows the name: 'EXPR --answers JSON'. */
	usage: string;
	/** Paragraphs below the usage, where a line does not say it. */
	details?: string;
	options: Readonly<Record<string, Option>>;
	/** Complete lines, without `npm run -s throughline --`. */
	examples: readonly string[];
	run(input: Input, io: Io): Promise<void>;
}

interface Option {
	type: 'string' | 'boolean';
	/** The placeholder in the help: 'FILE'. Only for strings. */
	value?: string;
	words: string;
}

/** The command line, read. */
export interface Input {
	positionals: string[];
	/** The value of a string option, or undefined. */
	text(option: string): string | undefined;
	/** The value of a string option that must be there. @throws UsageError */
	need(option: string): string;
	/** True when a boolean option was given. */
	has(option: string): boolean;
}

/** Where a command prints, and what tells it about the world. */
export interface Io {
	isJson: boolean;
	/** Prints the document as JSON with `--json`, otherwise the words. */
	print(document: unknown, words: string): void;
	/** The exit status becomes 1: the command did its work, and the answer is no. */
	fail(): void;
	/** Says something on stderr that is not part of the result. */
	note(words: string): void;
	/** A path as the person meant it: relative to where they typed. */
	path(file: string): string;
	env: Record<string, string | undefined>;
}

/** What was typed, or a file it names, cannot be used: exit status 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
