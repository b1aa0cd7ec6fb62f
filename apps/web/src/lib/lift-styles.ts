import { createHash } from 'node:crypto';

/** A start tag with its attributes. Svelte writes `<` in text and in attributes as `&lt;`. */
const TAG = /<[a-z][\w-]*(?:\s+[^\s"=<>]+(?:="[^"<]*")?)*\s*\/?>/gi;
const STYLE = /\sstyle="([^"]*)"/;
/** Lengths of bars and fields and the columns of a chart, all that a page may style at one element. */
const NAME = /(?:(?:min-|max-)?(?:inline|block)-size|inset-inline-start|--columns|--narrow)/.source;
const LENGTH = /\d+(?:\.\d+)?(?:%|ch|px|fr|rem|)/.source;
const TRACK = `(?:${LENGTH}|minmax\\(${LENGTH}, ${LENGTH}\\)|auto)`;
const LENGTHS = new RegExp(`^(?:${NAME}:\\s*${TRACK}(?: ${TRACK})*\\s*(?:;\\s*|$))+$`);

/** A page without style attributes, and what its policy must allow instead. */
interface Lifted {
	html: string;
	/** The source of the sheet for `style-src`; null where nothing was lifted. */
	source: string | null;
}

/**
 * Moves the style attributes of a page into a sheet in its head, named in the policy by its hash:
 * so no page needs `unsafe-inline`, and bars have their length without script. Attributes that are
 * no plain lengths stay, and the browser ignores and reports them.
 */
export function liftStyles(html: string): Lifted {
	const classes = new Map<string, number>();
	const body = html.replace(TAG, (tag) =>
		tag.replace(STYLE, (attribute, value: string) => {
			if (!LENGTHS.test(value)) {
				return attribute;
			}
			const id = classes.get(value) ?? classes.size;
			classes.set(value, id);
			return ` data-size="${id}"`;
		}),
	);
	if (classes.size === 0) {
		return { html, source: null };
	}
	const sheet = [...classes].map(([value, id]) => `[data-size="${id}"]{${value}}`).join('');
	const hash = createHash('sha256').update(sheet).digest('base64');
	return {
		html: body.replace('</head>', `<style data-lifted>${sheet}</style></head>`),
		source: `'sha256-${hash}'`,
	};
}
