/**
 * Closes a window and opens its answers as the job does: `node open-load.ts '{ "engagementId": …,
 * "windowId": … }'` beside a running server. Prints `{ seconds, responses }`. Run by
 * tooling/bench/load.
 */
import { withDeps } from '../cli/with-database.ts';
import { openClosedWindows } from '../jobs/open-closed-windows.ts';

// The argument of tooling/bench/load/seed.ts, in the shape written there.
const key = JSON.parse(process.argv[2] ?? '') as { engagementId: string; windowId: string };
const opened = await withDeps({ env: process.env }, 'the load benchmark', async (deps) => {
	await deps.db
		.updateTable('survey_window')
		.set({ status: 'closed', closes_at: deps.clock() })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.windowId)
		.execute();
	const beginning = performance.now();
	await openClosedWindows(deps);
	const seconds = (performance.now() - beginning) / 1000;
	const { responses } = await deps.db
		.selectFrom('response')
		.select((expression) => expression.fn.countAll().as('responses'))
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.executeTakeFirstOrThrow();
	return { seconds, responses: Number(responses) };
});
process.stdout.write(JSON.stringify(opened));
