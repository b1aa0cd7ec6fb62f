import type { Cell, PeopleCount } from '../charts/model.ts';
import type { DisclosureParams } from './params.ts';
import { nBand, showCell, showPercent } from './percent.ts';

/** Words spoken in a session that were coded: who spoke them, and the themes that count on them. */
export interface CodedTurn {
	sessionId: string;
	seatIds: readonly string[];
	themes: readonly string[];
}

/** Themes of dialog sessions, before protection. */
export interface DialogThemeCounts {
	/** Seats of whom something was coded. */
	people: number;
	/** Sessions large enough to count by themselves, and one more for all smaller ones together. */
	units: number;
	themes: { id: string; people: number; units: number; excerpts: number }[];
}

/** One theme of dialog sessions as it may be seen. */
export interface DialogThemeRow {
	id: string;
	/** The share of seats that carry it. */
	share: Cell;
	/** In how many units it was raised; null where that says too much. */
	sessions: { text: string } | null;
	/** How often, as a band; null where that says too much. */
	excerpts: { text: string } | null;
}

/** Below this a number of sessions is told as 'fewer than'. */
const FEW_SESSIONS = 3;

/**
 * Counts themes three ways: seats, sessions and excerpts. A seat counts once however often it said
 * something, so a loud speaker cannot make a theme. Words of the whole room, of no known seat, count
 * as excerpts and sessions alone. Sessions with fewer than `minN` participants
 * are one unit together, and none when they are too few even then.
 */
export function countDialogThemes(
	turns: readonly CodedTurn[],
	sessions: readonly { id: string; participants: number | null }[],
	{ themes, minN }: { themes: readonly string[]; minN: number },
): DialogThemeCounts {
	const unitOf = unitsOf(sessions, minN);
	const people = new Set(turns.flatMap(({ seatIds }) => seatIds));
	return {
		people: people.size,
		units: new Set(unitOf.values()).size,
		themes: themes.map((id) => {
			const own = turns.filter((turn) => turn.themes.includes(id));
			return {
				id,
				people: new Set(own.flatMap(({ seatIds }) => seatIds)).size,
				units: new Set(own.flatMap(({ sessionId }) => unitOf.get(sessionId) ?? [])).size,
				excerpts: own.length,
			};
		}),
	};
}

/**
 * The same as it may be seen: shares like those of any table, sessions and excerpts only where they
 * leave at least two possible numbers of seats. Nothing at all below `minN` seats.
 *
 * @example
 * const counts = { people: 30, units: 5, themes: [{ id: 'A1', people: 15, units: 4, excerpts: 31 }] };
 * protectDialogThemes(counts, surveyParams).rows[0]?.sessions?.text; // '4 of 5'
 */
export function protectDialogThemes(
	counts: DialogThemeCounts,
	params: DisclosureParams,
): { people: PeopleCount; units: number | null; rows: DialogThemeRow[] } {
	const isTooSmall = counts.people < params.minN;
	return {
		people: isTooSmall
			? { type: 'band', band: nBand(counts.people, params) }
			: { type: 'exact', n: counts.people },
		units: isTooSmall ? null : counts.units,
		rows: counts.themes.map((theme) => ({
			id: theme.id,
			share: showCell(theme.people, counts.people, params),
			...(isTooSmall ? { sessions: null, excerpts: null } : besides(theme, counts, params)),
		})),
	};
}

/** Which unit each session counts in; sessions that count in none are left out. */
function unitsOf(
	sessions: readonly { id: string; participants: number | null }[],
	minN: number,
): Map<string, string> {
	const sizeOf = ({ participants }: { participants: number | null }) => participants ?? 0;
	const small = sessions.filter((session) => sizeOf(session) < minN);
	const together = small.reduce((sum, session) => sum + sizeOf(session), 0);
	return new Map(
		sessions.flatMap((session): [string, string][] => {
			if (sizeOf(session) >= minN) {
				return [[session.id, session.id]];
			}
			return together >= minN ? [[session.id, 'smaller sessions']] : [];
		}),
	);
}

function besides(
	theme: DialogThemeCounts['themes'][number],
	{ people, units }: DialogThemeCounts,
	params: DisclosureParams,
): Pick<DialogThemeRow, 'sessions' | 'excerpts'> {
	const [least, most] = possibleSeats(theme.people, people, params);
	const isExact = theme.units >= FEW_SESSIONS;
	const atLeast = isExact ? Math.max(least, theme.units) : least;
	const atMost = Math.min(most, bandTop(theme.excerpts, params));
	const sessions =
		units < FEW_SESSIONS || most <= atLeast
			? null
			: { text: isExact ? `${theme.units} of ${units}` : `<${FEW_SESSIONS} of ${units}` };
	const isBandSafe = atMost > (sessions === null ? least : atLeast);
	return { sessions, excerpts: isBandSafe ? { text: nBand(theme.excerpts, params) } : null };
}

/** The numbers of seats that are shown in the same words as this one: from and to. */
function possibleSeats(x: number, n: number, params: DisclosureParams): [number, number] {
	const words = showPercent(x, n, params).display;
	let [least, most] = [x, x];
	while (least > 0 && showPercent(least - 1, n, params).display === words) {
		least -= 1;
	}
	while (most < n && showPercent(most + 1, n, params).display === words) {
		most += 1;
	}
	return [least, most];
}

/** The most excerpts a band stands for. */
function bandTop(excerpts: number, params: DisclosureParams): number {
	const band = nBand(excerpts, params);
	const top = /-(\d+)$/.exec(band)?.[1];
	if (top !== undefined) {
		return Number(top);
	}
	return band.startsWith('<') ? params.minN - 1 : Number.POSITIVE_INFINITY;
}
