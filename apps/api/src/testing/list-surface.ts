import { commands } from '../cli/commands.ts';
import { helpOf } from '../cli/help.ts';
import { settings } from '../config.ts';
import { policyOfHandler } from '../http/authorise.ts';
import { verbs } from '../policies/verbs.ts';
import { testApp } from './test-app.ts';
import { databaseWithoutRows } from './without-rows.ts';

/**
 * Prints as JSON what this package offers to the outside: settings, routes and commands. The
 * checks of the documents read it, for they must not import an app.
 */
async function listSurface() {
	return {
		settings: Object.entries(settings).map(([name, setting]) => ({
			name,
			default: defaultOf(setting.safeParse(undefined)),
			words: setting.description ?? '',
		})),
		routes: listRoutes(),
		commands: await Promise.all(
			commands.map(async ({ name, summary, load }) => ({
				name,
				summary,
				help: helpOf(await load()),
			})),
		),
	};
}

function defaultOf(parsed: { success: boolean; data?: unknown }): string | null {
	return parsed.success && parsed.data !== undefined ? String(parsed.data) : null;
}

function listRoutes() {
	// No request is made: the database is never asked.
	const { app } = testApp(databaseWithoutRows());
	return app.routes.flatMap(({ method, path, handler }) => {
		const verb = policyOfHandler(handler);
		return verb === null ? [] : [{ method, path, verb, roles: verbs[verb] }];
	});
}

process.stdout.write(`${JSON.stringify(await listSurface())}\n`);
