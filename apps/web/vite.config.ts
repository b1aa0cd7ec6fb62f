import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { hashOfSources } from './tools/hash-of-sources.ts';

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter(),
			compilerOptions: { runes: true },
			// Student pages carry their few kilobytes of CSS in the page itself; the larger staff and
			// public sheet stays a cached file.
			inlineStyleThreshold: 8192,
			// Kit makes relative font addresses right in an inlined sheet only where pages run script.
			paths: { relative: false },
			// Only /dialogs/ has a worker; its pages register it themselves, with that scope.
			serviceWorker: { register: false },
			// The same sources are the same version: a tablet does not load anew what it has.
			version: { name: hashOfSources() },
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['none'],
					'script-src': ['self'],
					'style-src': ['self'],
					// Kit hides the element that tells screen readers of a new page by this one attribute; ours
					// become a sheet (src/lib/lift-styles.ts).
					'style-src-attr': [
						'unsafe-hashes',
						'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
					],
					'img-src': ['self', 'data:'],
					'font-src': ['self'],
					'media-src': ['self', 'blob:'],
					'connect-src': ['self'],
					'worker-src': ['self'],
					'manifest-src': ['self'],
					'form-action': ['self'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
					'object-src': ['none'],
					'require-trusted-types-for': ['script'],
					// Svelte's own; ours for the worker; and one for the library that draws sound.
					'trusted-types': ['svelte-trusted-html', 'throughline-worker', 'default'],
					'report-uri': ['/api/csp-reports'],
				},
			},
		}),
	],
	server: {
		proxy: { '^/api(/|$)': { target: process.env['API_ORIGIN'] ?? 'http://localhost:8787' } },
	},
	test: {
		include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
	},
});
