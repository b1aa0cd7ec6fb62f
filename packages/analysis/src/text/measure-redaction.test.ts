import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureRedaction } from './measure-redaction.ts';
import type { RedactionCase } from './measure-redaction.ts';
import { redact, REDACTION_KINDS } from './redact.ts';
import type { RedactionKind } from './redact.ts';

const CASES = readFileSync(
	new URL('../../test-data/redaction-cases.jsonl', import.meta.url),
	'utf8',
)
	.trim()
	.split('\n')
	// Written for this test; its shape is checked below.
	.map((line) => JSON.parse(line) as RedactionCase & { half: 'develop' | 'held' });
// One object with these lists.
const ROSTER = JSON.parse(
	readFileSync(new URL('../../test-data/redaction-roster.json', import.meta.url), 'utf8'),
) as { students: string[]; staff: string[] };
const NAMES = [...ROSTER.students, ...ROSTER.staff];

describe('measureRedaction', () => {
	it('counts by kind what was found and what was found wrongly', () => {
		const cases = [
			{
				id: 'a',
				text: 'Jay 5',
				language: 'en',
				spans: [{ start: 0, end: 3, kind: 'name' as const }],
			},
			{ id: 'b', text: 'no one', language: 'en', spans: [] },
		];
		const measure = measureRedaction(cases, ({ id }) =>
			id === 'a'
				? [
						{ start: 0, end: 2, kind: 'name' },
						{ start: 4, end: 5, kind: 'room' },
					]
				: [{ start: 0, end: 2, kind: 'name' }],
		);

		expect(measure.byKind.name.exact).toEqual({ precision: 0, recall: 0, f1: 0 });
		expect(measure.byKind.name.overlap).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
		expect(measure.all).toMatchObject({ marked: 1, suggested: 3 });
		expect(measure.byKind.phone.overlap).toEqual({ precision: 1, recall: 1, f1: 1 });
		expect(measure.disturbed).toEqual({ texts: 1, of: 1 });
		expect(measure.misses).toEqual([]);
		expect(measure.falseHits.map(({ id }) => id)).toEqual(['a', 'b']);
	});

	it('takes a redactor that finds everything for perfect', () => {
		const measure = measureRedaction(CASES, ({ spans }) => spans);

		expect(measure.all.exact).toEqual({ precision: 1, recall: 1, f1: 1 });
		expect(measure.anyKind).toEqual({ precision: 1, recall: 1, f1: 1 });
	});
});

describe('the marked turns', () => {
	it('are many, of every kind, a good part of them with nothing to find', () => {
		expect(new Set(CASES.map(({ text }) => text)).size).toBe(CASES.length);
		expect(CASES.length).toBeGreaterThanOrEqual(500);
		expect(CASES.filter(({ spans }) => spans.length === 0).length).toBeGreaterThanOrEqual(150);
		for (const kind of REDACTION_KINDS) {
			const spans = CASES.flatMap((given) => given.spans.filter((span) => span.kind === kind));
			expect([kind, spans.length >= 35]).toEqual([kind, true]);
		}
	});

	it('have spans inside their text, in order, with no space at an end', () => {
		for (const { text, spans } of CASES) {
			const points = [...text];
			let last = 0;
			for (const { start, end } of spans) {
				expect(start).toBeGreaterThanOrEqual(last);
				expect(end).toBeGreaterThan(start);
				expect(points.slice(start, end).join('').trim()).toHaveLength(
					points.slice(start, end).join('').length,
				);
				last = end;
			}
			expect(last).toBeLessThanOrEqual(points.length);
		}
		expect.hasAssertions();
	});
});

/** Overlap recall and precision that no change may fall below; what is reached is in docs/redaction.md. */
const FLOORS: Record<RedactionKind, { recall: number; precision: number }> = {
	name: { recall: 0.94, precision: 0.95 },
	phone: { recall: 0.95, precision: 0.95 },
	email: { recall: 0.95, precision: 0.95 },
	id: { recall: 0.95, precision: 0.95 },
	address: { recall: 0.95, precision: 0.95 },
	zip: { recall: 0.95, precision: 0.95 },
	room: { recall: 0.95, precision: 0.95 },
	handle: { recall: 0.9, precision: 0.95 },
	birth_date: { recall: 0.95, precision: 0.95 },
};

describe.each(['develop', 'held'] as const)('redaction of the %s half', (half) => {
	const cases = CASES.filter((given) => given.half === half);

	it.each([
		['with the roster', NAMES],
		['without a roster', []],
	])('keeps its floors by kind and in all, %s', (_, names) => {
		const measure = measureRedaction(
			cases,
			({ text, language }) => redact(text, { names, language }).redactions,
		);

		for (const kind of REDACTION_KINDS) {
			const { recall, precision } = measure.byKind[kind].overlap;
			const isHeld = recall >= FLOORS[kind].recall && precision >= FLOORS[kind].precision;
			expect({ kind, recall, precision, isHeld }).toMatchObject({ kind, isHeld: true });
		}
		expect(measure.all.overlap.recall).toBeGreaterThanOrEqual(0.97);
		expect(measure.all.overlap.precision).toBeGreaterThanOrEqual(0.95);
		expect(measure.disturbed.texts / measure.disturbed.of).toBeLessThanOrEqual(0.03);
	});
});
