import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { liftStyles } from './lift-styles.ts';

const page = (body: string) => `<html><head><title>x</title></head><body>${body}</body></html>`;

test('lengths move into one sheet, which the policy names by its hash', () => {
	const { html, source } = liftStyles(
		page(
			'<i class="a" style="inline-size: 12.5%;" id="b"></i><i style="inline-size: 12.5%;"></i><b style="--columns: 3; max-inline-size: 8ch"></b>',
		),
	);
	const sheet = /<style data-lifted>(.*)<\/style><\/head>/.exec(html)?.[1] ?? '';

	expect(html).not.toContain(' style=');
	expect(html).toContain('<i class="a" data-size="0" id="b"></i><i data-size="0"></i>');
	expect(sheet).toBe(
		'[data-size="0"]{inline-size: 12.5%;}[data-size="1"]{--columns: 3; max-inline-size: 8ch}',
	);
	expect(source).toBe(`'sha256-${createHash('sha256').update(sheet).digest('base64')}'`);
});

test.each([
	'background: url(https://evil.example/)',
	'inline-size: 1%}body{color:red',
	'inline-size: calc(1px)',
	'color: red',
	'inline-size: 1%; color: red',
	'',
])('what is no length stays an attribute: %j', (value) => {
	const given = page(`<i style="${value}"></i>`);

	expect(liftStyles(given)).toEqual({ html: given, source: null });
});

test.each([
	'--columns: 12.5fr 40fr minmax(3rem, 20fr);',
	'--narrow: 8.25%',
	'min-block-size: 0px;',
])('%s is lifted', (value) => {
	const { html } = liftStyles(page(`<i style="${value}"></i>`));
	expect(html).toContain(`{${value}}`);
});

test('words that look like an attribute stay words', () => {
	const given = page(
		'<p title=\'x\'>&lt;i style="inline-size: 1%"> and style="inline-size: 1%"</p>',
	);

	expect(liftStyles(given).html).toBe(given);
});
