import { checkBandChange, checkDifferencing } from './differencing.ts';
import type { VectorInput } from './vector-schemas.ts';

type Series = VectorInput['differencing'];

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/**
 * Step 8 for a file of releases: `{ difference, decision }`. Every number is compared with the
 * numbers of its own name in all earlier releases, bands with the band before them.
 */
export function compareReleases({ releases, min_n }: Series): Record<string, unknown> {
	const shown = releases.filter((release) => !('known_event' in release));
	if (shown.some((release) => 'band' in release)) {
		return compareBands(releases, min_n);
	}
	const names = [...new Set(shown.flatMap(numbersOf))];
	const comparisons = names.map((name) =>
		checkDifferencing(
			shown.map((release, index) => ({ label: String(index), n: Number(release[name]) })),
			min_n,
		),
	);
	const blocked = comparisons
		.filter(({ decision }) => decision === 'block')
		.toSorted((a, b) => Number(a.blocked) - Number(b.blocked))[0];
	if (blocked === undefined) {
		const differences = comparisons.map(({ difference }) => difference ?? 0);
		return { difference: Math.min(...differences), decision: 'allow' };
	}
	const at = Number(blocked.blocked);
	const which = `block ${ordinals[at] ?? `${at + 1}th`} release`;
	const isOverTime = shown.every((release) => 'as_of' in release);
	const advice = ` (0 < difference < ${min_n}); publish by semester instead`;
	return { difference: blocked.difference, decision: isOverTime ? which + advice : which };
}

/** What says when or of what a release is, a number such as a year or not. */
const NAMES = new Set(['as_of', 'filter', 'year', 'month', 'quarter', 'semester', 'period']);

/** The names of a release's numbers of people or events. */
export function numbersOf(release: Series['releases'][number]): string[] {
	return Object.entries(release).flatMap(([name, value]) =>
		typeof value === 'number' && !NAMES.has(name) ? [name] : [],
	);
}

function compareBands(releases: Series['releases'], minN: number): Record<string, unknown> {
	const points = releases.flatMap(({ as_of, band }) =>
		band === undefined ? [] : [{ label: String(as_of), band: String(band) }],
	);
	// Each event is known by itself: the smallest one tells the most.
	const sizes = releases
		.flatMap(({ known_event: event }) => (event === undefined ? [] : [peopleIn(String(event))]))
		.filter((people) => people > 0);
	const people = sizes.length === 0 ? 0 : Math.min(...sizes);
	const { decision } = checkBandChange(points, { peopleInKnownEvent: people, minN });
	if (decision === 'allow') {
		return { difference: 0, decision };
	}
	const whose = people === 1 ? "new student's group" : "new students' group";
	return {
		difference: `implied ${people}`,
		decision: `block: the band change reveals the ${whose}`,
	};
}

/** The number an event's text begins with; one person where it names no number. */
function peopleIn(event: string): number {
	const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
	const first = event.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
	const word = words.indexOf(first);
	return word === -1 ? Number(/^\d+/.exec(first)?.[0] ?? 1) : word;
}
