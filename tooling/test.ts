// `npm test`: everything, from a fresh clone. Stages run one after the other; each says when it began.
import { commandStage } from './stages/command.ts';
import { journeys } from './stages/playwright.ts';
import { runStages } from './stages/stage.ts';
import { staticStages, turbo } from './stages/static.ts';
import { vitestStage } from './stages/vitest.ts';

process.exitCode = await runStages([
	...staticStages,
	vitestStage('Testing the survey engine', 'packages/survey-engine'),
	vitestStage('Testing the analysis', 'packages/analysis'),
	vitestStage('Testing both databases', 'packages/db'),
	vitestStage('Testing the API on both databases', 'apps/api'),
	commandStage('Building the pages', turbo('build', '@throughline/web')),
	vitestStage('Testing the parts of pages', 'apps/web'),
	vitestStage('Testing start, stop and the tools', 'tooling'),
	journeys,
]);
