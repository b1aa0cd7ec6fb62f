import type { Command } from './command.ts';

interface Entry {
	name: string;
	summary: string;
	load(): Promise<Command>;
}

/**
 * Every command, by name. A command's file is loaded when it is called: those that need no
 * database start without one. A new command is a file in commands/ and a row here; its row in
 * docs/cli.md is checked.
 */
export const commands: readonly Entry[] = [
	{
		name: 'migrate',
		summary: 'Bring the database up to date.',
		load: async () => (await import('./commands/migrate.ts')).migrateCommand,
	},
	{
		name: 'invite',
		summary: 'Invite a person to an engagement and print their sign-in link.',
		load: async () => (await import('./commands/invite.ts')).inviteCommand,
	},
	{
		name: 'engagement import',
		summary: 'Make an engagement, with its district and sites, from a JSON file.',
		load: async () => (await import('./commands/engagement-import.ts')).engagementImport,
	},
	{
		name: 'backup',
		summary: 'Copy everything into one file, and load it once to see that it can be used.',
		load: async () => (await import('./commands/backup.ts')).backupCommand,
	},
	{
		name: 'restore',
		summary: 'Fill a database from a backup: all of it or nothing.',
		load: async () => (await import('./commands/restore.ts')).restoreCommand,
	},
	{
		name: 'purge',
		summary: 'Delete what the retention schedule says has been kept for long enough.',
		load: async () => (await import('./commands/purge.ts')).purgeCommand,
	},
	{
		name: 'expression eval',
		summary: 'Evaluate an expression of the survey language.',
		load: async () => (await import('./commands/expression-eval.ts')).expressionEval,
	},
	{
		name: 'survey check',
		summary: 'Check survey files and say what is wrong where.',
		load: async () => (await import('./commands/survey-check.ts')).surveyCheck,
	},
	{
		name: 'survey import',
		summary: 'Publish a survey of a JSON file in an engagement.',
		load: async () => (await import('./commands/survey-import.ts')).surveyImport,
	},
	{
		name: 'coding evaluate',
		summary: 'Train and score coding suggestions on a labelled corpus.',
		load: async () => (await import('./commands/coding-evaluate.ts')).codingEvaluate,
	},
	{
		name: 'coding suggest',
		summary: 'Suggest themes for texts, with the words that led to them.',
		load: async () => (await import('./commands/coding-suggest.ts')).codingSuggest,
	},
	{
		name: 'codebook import',
		summary: 'Give an engagement the codebook of a JSON file.',
		load: async () => (await import('./commands/codebook-import.ts')).codebookImport,
	},
	{
		name: 'responses import',
		summary: 'Import survey responses from a CSV file as an opened window.',
		load: async () => (await import('./commands/responses-import.ts')).responsesImport,
	},
	{
		name: 'responses export',
		summary: 'Write the rows of an approved row export to a CSV file, once.',
		load: async () => (await import('./commands/responses-export.ts')).responsesExport,
	},
	{
		name: 'transcript check',
		summary:
			'Read transcript files and say what they hold, what is wrong and what would be hidden.',
		load: async () => (await import('./commands/transcript-check.ts')).transcriptCheck,
	},
	{
		name: 'transcript import',
		summary: 'Take a transcript file in as the draft of a session’s transcript.',
		load: async () => (await import('./commands/transcript-import.ts')).transcriptImport,
	},
	{
		name: 'disclosure protect',
		summary: 'Protect a table of counts and print what may be shown.',
		load: async () => (await import('./commands/disclosure-protect.ts')).disclosureProtect,
	},
	{
		name: 'release verify',
		summary: 'Compute every figure of a release again and compare every quote.',
		load: async () => (await import('./commands/release-verify.ts')).releaseVerify,
	},
	{
		name: 'second-factor reset',
		summary: 'Take a person’s second factor away, when phone and recovery codes are lost.',
		load: async () => (await import('./commands/second-factor-reset.ts')).secondFactorReset,
	},
	{
		name: 'audit verify',
		summary: 'Check that no entry of the record of what staff did was changed or removed.',
		load: async () => (await import('./commands/audit-verify.ts')).auditVerify,
	},
];

/** The entry whose words begin the arguments, and the arguments after them. */
export function findCommand(args: readonly string[]): { entry: Entry; rest: string[] } | null {
	for (const entry of commands) {
		const words = entry.name.split(' ');
		if (words.every((word, index) => args[index] === word)) {
			return { entry, rest: args.slice(words.length) };
		}
	}
	return null;
}
