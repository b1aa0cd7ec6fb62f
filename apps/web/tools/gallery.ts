/**
 * Writes pages with every chart and every primitive, to look at: `node tools/gallery.ts FOLDER`,
 * run in apps/web. The pages are plain files; their figures are invented.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';

const folder = resolve(process.argv[2] ?? 'gallery');
const root = resolve(import.meta.dirname, '..');

const pages = [
	{ file: 'public-en', module: 'Gallery', props: { language: 'en', view: 'diverging' } },
	{ file: 'public-en-stacked', module: 'Gallery', props: { language: 'en', view: 'stacked' } },
	{ file: 'public-es', module: 'Gallery', props: { language: 'es', view: 'diverging' } },
	{ file: 'public-ar', module: 'Gallery', props: { language: 'ar', view: 'diverging' } },
	{ file: 'team', module: 'TeamGallery', props: { language: 'en' } },
];

const vite = await createServer({
	root,
	configFile: false,
	logLevel: 'error',
	appType: 'custom',
	server: { middlewareMode: true, hmr: false, ws: false, watch: null },
	plugins: [svelte({ compilerOptions: { runes: true, css: 'injected' } })],
});
try {
	mkdirSync(folder, { recursive: true });
	// Through Vite, so that components and renderer share one copy of Svelte.
	const { render } = await vite.ssrLoadModule('svelte/server');
	const sheet = await vite.ssrLoadModule('/src/styles/main.css?inline');
	// Fonts are served from the repository's root in development; a file needs the whole path.
	const css = String(sheet['default']).replaceAll(/url\((["']?)\/@fs\//g, 'url($1file:///');
	for (const { file, module, props } of pages) {
		const { default: component } = await vite.ssrLoadModule(`/tools/${module}.svelte`);
		const { head, body } = render(component, { props });
		writeFileSync(
			join(folder, `${file}.html`),
			page({ language: props.language, css, head, body }),
		);
	}
	console.log(`Wrote ${pages.length} pages to ${folder}`);
} finally {
	await vite.close();
}

function page(parts: { language: string; css: string; head: string; body: string }): string {
	const dir = parts.language === 'ar' ? 'rtl' : 'ltr';
	return [
		`<!doctype html><html lang="${parts.language}" dir="${dir}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Gallery</title>',
		`<style>${parts.css}</style>${parts.head}</head><body>${parts.body}</body></html>`,
	].join('\n');
}
