import type { SiteView } from '@throughline/api/client';

/** One box of the form: how many students one group of a school has. */
export interface CountBox {
	attribute: string;
	value: string;
	/** What stands in the box; empty where nothing was counted. */
	n: string;
}

export interface SiteValues {
	name: string;
	level: string;
	officer: string;
	counts: CountBox[];
}

const GRADES = ['K', ...Array.from({ length: 12 }, (_, place) => String(place + 1))];
const RACES = [
	'american_indian',
	'asian',
	'black',
	'hispanic',
	'pacific_islander',
	'white',
	'two_or_more',
];

/** The boxes of a school: every usual grade and group, and those it has beside them. */
export function boxesOf(counts: SiteView['counts']): CountBox[] {
	const usual = [
		...GRADES.map((value) => ({ attribute: 'grade', value })),
		...RACES.map((value) => ({ attribute: 'race', value })),
	];
	const nameOf = ({ attribute, value }: { attribute: string; value: string }) =>
		`${attribute} ${value}`;
	const known = new Map(counts.map((count) => [nameOf(count), count.n]));
	const usualNames = new Set(usual.map(nameOf));
	const own = counts.filter((count) => !usualNames.has(nameOf(count)));
	return [...usual, ...own].map(({ attribute, value }) => ({
		attribute,
		value,
		n: String(known.get(nameOf({ attribute, value })) ?? ''),
	}));
}

/** What was typed, box by box in the order of the form. */
export function readSiteForm(form: FormData): SiteValues {
	const text = (name: string) => String(form.get(name) ?? '');
	const counts: CountBox[] = [];
	for (let place = 0; form.has(`counts.${place}.n`); place += 1) {
		const at = `counts.${place}`;
		counts.push({
			attribute: text(`${at}.attribute`),
			value: text(`${at}.value`),
			n: text(`${at}.n`).trim(),
		});
	}
	return { name: text('name'), level: text('level'), officer: text('officer'), counts };
}

/**
 * The body the API takes, and which box each of its counts came from: boxes that are empty are
 * left out, unless something was counted there before.
 */
export function siteBody(values: SiteValues, before: SiteView['counts']) {
	const wasCounted = (box: CountBox) =>
		before.some(({ attribute, value }) => attribute === box.attribute && value === box.value);
	const sent = values.counts
		.map((box, place) => ({ box, place }))
		.filter(({ box }) => box.n !== '' || wasCounted(box));
	return {
		body: {
			name: values.name,
			// Nothing chosen is no answer.
			hasSro: values.officer === '' ? null : values.officer === 'yes',
			counts: sent.map(({ box: { attribute, value, n } }) => ({
				attribute,
				value,
				n: /^\d+$/.test(n) ? Number(n) : null,
			})),
		},
		places: sent.map(({ place }) => place),
	};
}

/** Problems of counts under the names of their boxes. */
export function atBoxes(fields: Record<string, string>, places: readonly number[]) {
	return Object.fromEntries(
		Object.entries(fields).map(([path, words]) => {
			const place = /^counts\.(\d+)/.exec(path)?.[1];
			const box = place === undefined ? undefined : places[Number(place)];
			return [box === undefined ? path : `counts.${box}.n`, words];
		}),
	);
}
