// `npm run check`: the fast gate. What did not change since the last run comes from turbo's cache.
import { commandStage } from './stages/command.ts';
import { runStages } from './stages/stage.ts';
import { staticStages, turbo } from './stages/static.ts';

process.exitCode = await runStages([
	...staticStages,
	commandStage(
		'Testing the pure packages',
		turbo('test', '@throughline/survey-engine', '@throughline/analysis'),
	),
]);
