import type {
	FullConfig,
	FullResult,
	Reporter,
	Suite,
	TestCase,
	TestResult,
} from '@playwright/test/reporter';
import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { listPages, notLookedAt } from '../tools/pages-looked-at.ts';
import { LOOKED_AT } from './support.ts';

/**
 * Says after a run of all journeys which pages of the product no axe looked at. A run of some of
 * them says nothing.
 */
export default class EveryPage implements Reporter {
	#seen: { path: string; hasScript: boolean }[] = [];
	#specs = new Set<string>();

	onBegin(_config: FullConfig, suite: Suite): void {
		this.#specs = new Set(suite.allTests().map(({ location }) => basename(location.file)));
	}

	onTestEnd(_test: TestCase, result: TestResult): void {
		for (const { type, description = '' } of result.annotations) {
			if (type === LOOKED_AT) {
				const [how, path = ''] = description.split(' ');
				this.#seen.push({ path, hasScript: how === 'script' });
			}
		}
	}

	async onEnd({ status }: FullResult): Promise<void> {
		const files = await readdir(import.meta.dirname);
		const isWhole = files
			.filter((file) => file.endsWith('.spec.ts'))
			.every((file) => this.#specs.has(file));
		if (status !== 'passed' || !isWhole) {
			return;
		}
		const pages = await listPages(resolve(import.meta.dirname, '../src/routes'));
		const missing = notLookedAt(pages, this.#seen);
		const lines = [
			...missing.map((line) => `No axe: ${line}`),
			`${pages.length} pages; looks of axe that are missing: ${missing.length}`,
		];
		process.stdout.write(`${lines.join('\n')}\n`);
	}
}
