import type { NumberRun } from './number-words.ts';
import type { Found } from './redaction-kind.ts';

/** Places in a school that are told apart by the number of the room they lie at. */
const PLACE =
	"(?:\\p{L}{0,9}rooms?|gym|gymnasium|pool|labs?|library|media center|cafeteria|commons|lounge|office|nurse(?:['’]?s)?|counselor(?:['’]?s)?|halls?|hallways?|stairs?|stairway|stairwell|steps|lockers?|fountain|bubbler|doors?|exit|entrance|elevator|auditorium|theater|stage|shop|studio|closet|bench|vending machines?)";
const LINK =
	"(?:['’]s|,)?(?: (?:that['’]?s|that|is|was|are|were|over|down|up|right|just|there|like|uh|um),?){0,3}";
const BESIDE = '(?:by|near|next to|beside|across from|outside|outside of|behind|opposite)';
const PLACE_ES =
	'(?:sal[óo]n|gimnasio|baños?|cafeter[íi]a|biblioteca|oficina|laboratorio|pasillo|escaleras?|puerta|casilleros?)(?: de \\p{L}{2,12})?';
const BESIDE_ES =
	'(?:junto al?|al lado del?|cerca del?|(?:en)?frente al?|enfrente del?|afuera del?|por el)';

/** What makes the number after it one of a room; looked for at the end of what comes before it. */
const CUE = new RegExp(
	`(?<!\\p{L})(?:${PLACE}${LINK} (?<beside>${BESIDE})|${PLACE_ES}(?: que)?(?: est[áa])? ${BESIDE_ES}) $`,
	'iu',
);
const MAY_HOLD = new RegExp(`(?<!\\p{L})(?:${BESIDE}|${BESIDE_ES}) `, 'iu');
const CUE_LENGTH = 64;
/** A year is none, nor is the number one calls for help. */
const NUMBER =
	/(?<![\p{L}\p{N}.,:/$€#-])(?:(?!19\d\d|20\d\d|911)\d{3,4}|\d{3}[a-h]|[a-h]-?\d{1,3})(?![\p{L}\p{N}%]|[-:.,/]\p{N})/giu;
/** What is counted, or a time of the day. */
const COUNTED =
	/^ ?(?:kids|students|people|of|other|times|percent|years|teachers|cops|minutes|seconds|feet|foot|yards|miles|square|points?|votes|dollars|bucks|desks|seats|persons?|hundred|thousand|a\.?m|p\.?m|in the (?:morning|afternoon)|o['’]?clock|alumnos|estudiantes|personas|pesos|puntos|metros|d[óo]lares)(?!\p{L})/iu;
/** What has to be done by a time: 'they lock the gym by 730'. */
const DUE =
	/(?<!\p{L})(?:be|get|gets|got|out|back|done|finish(?:ed)?|leave|left|arrive|open(?:s|ed)?|close[sd]?|lock(?:s|ed)?|clear(?:s|ed)?|empty|clean(?:ed)?|(?:need|have|has|had|supposed) to|must|should)(?!\p{L})/iu;

/** Rooms told by the place they lie at: 'the art room by 214', 'the gym next to one twelve'. */
export function findRoomsBeside(text: string, runs: readonly NumberRun[]): Found[] {
	if (runs.length === 0 || !MAY_HOLD.test(text)) {
		return [];
	}
	const written = Array.from(text.matchAll(NUMBER), (match) => ({
		start: match.index,
		end: match.index + match[0].length,
		digits: match[0],
	}));
	const said = runs.filter(
		({ isSpoken, isCounting, digits }) =>
			isSpoken && !isCounting && digits.length >= 3 && digits.length <= 4,
	);
	return [...written, ...said]
		.filter((number) => isRoom(text, number))
		.map(({ start, end }) => ({ kind: 'room', start, end }));
}

function isRoom(
	text: string,
	{ start, end, digits }: Pick<NumberRun, 'start' | 'end' | 'digits'>,
): boolean {
	const before = text.slice(Math.max(0, start - CUE_LENGTH), start);
	const cue = CUE.exec(before);
	if (cue === null || COUNTED.test(text.slice(end, end + 24))) {
		return false;
	}
	const isBy = cue.groups?.['beside']?.toLowerCase() === 'by';
	return !(isBy && isRoundTime(digits) && DUE.test(before.slice(0, cue.index)));
}

/** Whether digits can be a time to five minutes, as people name it: 730, 1215. */
function isRoundTime(digits: string): boolean {
	const [, hour, minute] = /^(\d{1,2})(\d\d)$/u.exec(digits) ?? [];
	return (
		hour !== undefined &&
		Number(hour) >= 1 &&
		Number(hour) <= 12 &&
		Number(minute) < 60 &&
		Number(minute) % 5 === 0
	);
}
