import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/find-chromium.ts';

export default defineConfig({
	testDir: 'e2e',
	testMatch: '**/*.spec.ts',
	globalSetup: './e2e/global-setup.ts',
	outputDir: 'test-results',
	reporter: [['list'], ['./e2e/every-page-reporter.ts']],
	// Each worker runs a server of its own; two cores hold two of them.
	workers: 2,
	forbidOnly: true,
	// Axe looks at each page three times; a loaded machine takes a while over it.
	timeout: 240_000,
	expect: { timeout: 20_000 },
	use: {
		viewport: { width: 1280, height: 900 },
		locale: 'en-US',
		timezoneId: 'America/Chicago',
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: findChromium(),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		},
	},
});
