import { readFileSync } from 'node:fs';
import { GIVEN_NAMES, LAST_NAMES } from '@throughline/analysis/text';
import type { RedactionCase } from '@throughline/analysis/text';

const FOLDER = new URL('../../packages/analysis/test-data/', import.meta.url);

/** The marked turns; a test of the analysis package checks their shape. */
export const MARKED_TURNS: readonly (RedactionCase & { half: 'develop' | 'held' })[] = readFileSync(
	new URL('redaction-cases.jsonl', FOLDER),
	'utf8',
)
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as RedactionCase & { half: 'develop' | 'held' });

/** The invented roster that goes with them. */
export const ROSTER: readonly string[] = readRoster();

function readRoster(): string[] {
	// One object with two lists of names.
	const { students, staff } = JSON.parse(
		readFileSync(new URL('redaction-roster.json', FOLDER), 'utf8'),
	) as { students: string[]; staff: string[] };
	return [...students, ...staff];
}

/** Invented names of as many people: every first name with other last names, words among them. */
export function largeRoster(size: number): string[] {
	const first = [...GIVEN_NAMES.keys()];
	const last = [...LAST_NAMES.keys()];
	return Array.from({ length: size }, (_, at) =>
		[first[(at * 7) % first.length], last[(at * 13) % last.length]]
			.map((name = '') => name.charAt(0).toUpperCase() + name.slice(1))
			.join(' '),
	);
}
