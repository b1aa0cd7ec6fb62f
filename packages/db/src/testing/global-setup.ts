import type { TestProject } from 'vitest/node';
import { makeTemplates, type Templates } from './test-databases.ts';

declare module 'vitest' {
	interface ProvidedContext {
		throughlineTemplates: Templates;
	}
}

/** Vitest's global setup: `globalSetup: ['@throughline/db/testing/global-setup']`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { remove, ...templates } = await makeTemplates();
	if (templates.server.type === 'missing') {
		console.error(`\nNOT RUN on a PostgreSQL server: ${templates.server.reason}\n`);
	}
	project.provide('throughlineTemplates', templates);
	return remove;
}
