import { expect, test } from 'vitest';
import { linkParts } from './link-parts.ts';

test.each([
	['go to https://x.example/a, or call 988.', ['https://x.example/a']],
	['see it here: http://localhost:4310/e/a-b.', ['http://localhost:4310/e/a-b']],
	[
		'(https://x.example/a?b=c&d=e) و https://y.example\u061f',
		['https://x.example/a?b=c&d=e', 'https://y.example'],
	],
	['javascript:alert(1) and www.example.org', []],
])('%j has the addresses %j', (text, addresses) => {
	const parts = linkParts(text);
	expect(parts.filter(({ isAddress }) => isAddress).map((part) => part.text)).toEqual(addresses);
	expect(parts.map((part) => part.text).join('')).toBe(text);
});
