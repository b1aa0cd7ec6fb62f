import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readTokens(new URL('./tokens.css', import.meta.url));

const surfaces = ['paper', 'surface', 'sunk'];

/** [text, background]: normal text, at least 4.5 to 1 (WCAG 1.4.3). */
const textPairs: [string, string][] = [
	...pairs(['ink', 'muted', 'link', 'accent', 'brand', 'danger', 'ok', 'warn', 'info'], surfaces),
	...pairs(['on-brand'], ['brand', 'brand-deep', 'danger', 'link', 'heat-5', 'agree-strong']),
	...pairs(['on-brand'], ['disagree-strong', 'bar']),
	...pairs(['ink', 'brand', 'link', 'muted'], ['brand-tint']),
	...pairs(['ink'], ['heat-1', 'heat-2', 'heat-3', 'heat-4', 'agree', 'disagree', 'neutral']),
	...['info', 'ok', 'warn', 'danger'].flatMap((state) =>
		pairs([state, 'ink', 'link'], [`${state}-tint`]),
	),
];

/** [edge, background]: controls, chart edges and focus, at least 3 to 1 (WCAG 1.4.11). */
const edgePairs: [string, string][] = [
	...pairs(['control', 'brand', 'danger', 'disagree-strong', 'agree-strong', 'bar'], surfaces),
	...pairs(['not-sure-line'], surfaces),
	...pairs(['bar-range'], ['paper', 'surface']),
	...pairs(['focus-ink'], [...surfaces, 'brand-tint']),
	...pairs(['focus-glow'], ['brand', 'brand-deep', 'danger', 'link']),
];

describe('colour tokens', () => {
	it.each(textPairs)('%s can be read on %s', (text, background) => {
		expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
	});

	it.each(edgePairs)('%s stands out on %s', (edge, background) => {
		expect(contrast(edge, background)).toBeGreaterThanOrEqual(3);
	});

	it('keeps long answers at 7 to 1 for people who read for hours', () => {
		expect(Math.min(...surfaces.map((surface) => contrast('ink', surface)))).toBeGreaterThanOrEqual(
			7,
		);
	});

	it('has one ring of the focus pair that stands out on every colour a control can have', () => {
		const worst = Object.keys(tokens).map((token) =>
			Math.max(contrast('focus-ink', token), contrast('focus-glow', token)),
		);
		expect(Math.min(...worst)).toBeGreaterThanOrEqual(3);
	});
});

function pairs(texts: string[], backgrounds: string[]): [string, string][] {
	return texts.flatMap((text) =>
		backgrounds.map((background): [string, string] => [text, background]),
	);
}

/** Contrast ratio of two tokens. WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
	const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
	return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(token: string): number {
	const hex = tokens[token];
	if (hex === undefined) {
		throw new Error(`tokens.css has no colour --${token}.`);
	}
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function readTokens(file: URL): Record<string, string> {
	const css = readFileSync(file, 'utf8');
	return Object.fromEntries(
		[...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
	);
}
