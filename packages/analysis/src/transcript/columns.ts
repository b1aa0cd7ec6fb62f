/** What a column or a field can hold. */
export type ColumnRole = 'start' | 'end' | 'duration' | 'speaker' | 'text';

/** Names by role, the surest first. Letters only, in small; units are taken off before. */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
	start:
		'start starttime starts startat startsat startoffset begin begintime beginning tstart inpoint in from inicio desde ts timestamp timecode time offset'.split(
			' ',
		),
	end: 'end endtime ends endat endsat endoffset stop stoptime tend outpoint out to until finish fin hasta endts'.split(
		' ',
	),
	duration: 'duration dur length duracion'.split(' '),
	speaker:
		'speaker speakername speakerlabel speakerid voice seat participant participantname who name interviewee interview person author hablante persona'.split(
			' ',
		),
	text: 'text words transcript transcription utterance sentence caption said speech content comment commentbody surveytext quote message body texto'.split(
		' ',
	),
};

export interface Column {
	/** The place of the column, or the name of the field. */
	key: number | string;
	/** How many milliseconds one is; null when the name does not say. */
	unitMs: number | null;
}

export type Columns = Partial<Record<ColumnRole, Column>>;

/**
 * Which columns hold what, by their names: 'Start (s)', 'end_ms', 'Speaker name', 'comment'.
 *
 * @example columnsOf(['id', 'start_ms', 'comment'])
 * // { start: { key: 'start_ms', unitMs: 1 }, text: { key: 'comment', unitMs: null } }
 */
export function columnsOf(names: readonly string[]): Columns {
	const columns: Columns = {};
	const read = names.map((name) => ({ name, ...nameAndUnit(name) }));
	for (const role of ['start', 'end', 'duration', 'speaker', 'text'] as const) {
		const found = NAMES[role]
			.map((known) => read.find(({ letters }) => letters === known))
			.find((column) => column !== undefined);
		if (found !== undefined) {
			columns[role] = { key: found.name, unitMs: found.unitMs };
		}
	}
	return columns;
}

const MS = /(?:[\s_([-]|(?<=[a-z]))(?:ms|msec|millis|milliseconds)[\])]?$/;
const SECONDS =
	/(?:[\s_([-])(?:s|sec|secs|seconds|segundos)[\])]?$|(?<=[a-z])(?:seconds|secs|sec)$/;

function nameAndUnit(name: string): { letters: string; unitMs: number | null } {
	const plain = name
		.trim()
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase();
	const isMs = MS.test(plain);
	const isSeconds = !isMs && SECONDS.test(plain);
	const bare = plain.replace(isMs ? MS : SECONDS, '');
	const letters = bare.normalize('NFD').replace(/[^a-z]/g, '');
	if (isMs) {
		return { letters, unitMs: 1 };
	}
	return { letters, unitMs: isSeconds ? 1000 : null };
}
