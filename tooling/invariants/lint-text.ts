import { ESLint } from 'eslint';
import { root } from '../stages/command.ts';

const linter = new ESLint({ cwd: root });

/**
 * What the project's linter says of a text, were it the file of that name: one line per problem,
 * `rule: message`.
 * @param path of an existing file, relative to the project's folder.
 */
export async function lintText(text: string, path: string): Promise<string> {
	const [result] = await linter.lintText(text, { filePath: `${root}/${path}` });
	return (result?.messages ?? [])
		.map(({ ruleId, message }) => `${ruleId ?? 'syntax'}: ${message}`)
		.join('\n');
}
