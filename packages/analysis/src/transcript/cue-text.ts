/** A piece of a cue's text and the voice it is marked with. */
export interface VoicePiece {
	voice: string | null;
	text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	nbsp: '\u00a0',
	quot: '"',
	apos: "'",
	lrm: '\u200e',
	rlm: '\u200f',
};

/** A tag of WebVTT's cue text: `<v Name>`, `<c.loud>`, `</i>`, `<00:01.000>`; not `<3`. */
const VTT_TAG =
	/<(\/?)(v|c|i|b|u|ruby|rt|lang)((?:\.[^\s<>.]*)*)(?:[ \t]([^<>]*))?>|<\d{1,4}(?::\d{1,2}){1,2}(?:\.\d{1,3})?>/giu;

const LINE_END = /[\r\n\v\f\u0085\u2028\u2029]/;

/** Tags and placements that subtitle editors put into SRT. */
const SRT_TAG = /<\/?(?:i|b|u|s|c|v|font|ruby|rt)(?:[ .][^<>]*)?>|\{\\an?\d+\}/giu;

/**
 * The words of a WebVTT cue by voice, without its tags.
 * {@link https://www.w3.org/TR/webvtt1/#webvtt-cue-text-parsing-rules}
 *
 * @example voicesOf('<v Voice A>Well, <i>no</i>.') // [{ voice: 'Voice A', text: 'Well, no.' }]
 */
export function voicesOf(payload: string): VoicePiece[] {
	if (!payload.includes('<')) {
		return [{ voice: null, text: decodeEntities(payload) }];
	}
	const pieces: VoicePiece[] = [{ voice: null, text: '' }];
	let from = 0;
	const append = (text: string) => {
		const last = pieces.at(-1);
		if (last !== undefined) {
			last.text += decodeEntities(text);
		}
	};
	for (const tag of payload.matchAll(VTT_TAG)) {
		const [whole, slash, name, , annotation = ''] = tag;
		append(payload.slice(from, tag.index));
		from = tag.index + whole.length;
		if (name?.toLowerCase() === 'v') {
			const voice = slash === '/' ? null : oneLine(decodeEntities(annotation)) || null;
			pieces.push({ voice, text: '' });
		}
	}
	append(payload.slice(from));
	return joined(pieces);
}

/**
 * The words of an SRT cue without its tags.
 *
 * @example srtText('<i>No.</i>') // 'No.'
 */
export function srtText(payload: string): string {
	const bare = /[<{]/.test(payload) ? payload.replace(SRT_TAG, '') : payload;
	return decodeEntities(bare);
}

/** Text that stands in a cue as it is: what would be a tag, an entity or an arrow is escaped. */
export function escapeCueText(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\u00a0', '&nbsp;');
}

/**
 * Line ends become spaces; the ends are trimmed; the rest stays.
 *
 * @example oneLine('Well,\n no. ') // 'Well, no.'
 */
export function oneLine(text: string): string {
	if (!LINE_END.test(text)) {
		return text.trim();
	}
	const lines = text.split(LINE_END).map((line) => line.trim());
	return lines.filter((line) => line !== '').join(' ');
}

/** The entities WebVTT has and numeric ones; others stay as they are written. */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) {
		return text;
	}
	return text.replace(
		/&(?:(amp|lt|gt|nbsp|quot|apos|lrm|rlm)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
		(whole, ...groups) => {
			const [name, decimal, hex] = groups as (string | undefined)[];
			if (name !== undefined) {
				return ENTITIES[name.toLowerCase()] ?? whole;
			}
			const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
			return isCharacter(point) ? String.fromCodePoint(point) : whole;
		},
	);
}

function isCharacter(point: number): boolean {
	const isSurrogate = point >= 0xd800 && point <= 0xdfff;
	return (point >= 0x20 || point === 9 || point === 10) && point <= 0x10ffff && !isSurrogate;
}

/** Neighbours of one voice become one piece; empty ones go. */
function joined(pieces: readonly VoicePiece[]): VoicePiece[] {
	const kept: VoicePiece[] = [];
	for (const piece of pieces) {
		const last = kept.at(-1);
		if (last !== undefined && (last.voice === piece.voice || piece.text.trim() === '')) {
			last.text += piece.text;
		} else if (piece.text.trim() !== '') {
			kept.push({ ...piece });
		}
	}
	return kept.length === 0 ? [{ voice: null, text: '' }] : kept;
}
