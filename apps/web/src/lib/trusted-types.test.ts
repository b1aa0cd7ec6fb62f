import { expect, test } from 'vitest';
import { isPlainBoxes } from './trusted-types.ts';

test.each([
	['', true],
	[
		'\n <style nonce="a+/b=="> :host .x > div { top: 0 } </style>\n<div class="a b" part="c"></div>',
		true,
	],
	['<div onclick="x()"></div>', false],
	['<img src=x onerror=alert(1)>', false],
	['<script>alert(1)</script>', false],
	['<div class="a" style="x"></div>', false],
	['<style></style><svg onload=alert(1)>', false],
	['words', false],
])('%j is plain boxes: %s', (html, expected) => {
	expect(isPlainBoxes(html)).toBe(expected);
});
