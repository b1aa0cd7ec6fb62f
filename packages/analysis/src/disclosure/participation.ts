import type { Cell, Figure, PeopleCount } from '../charts/model.ts';
import { type Arrangement, arrangeGroups, coarsenGroups, hideAllGroups } from './arrangement.ts';
import { type DisclosureParams } from './params.ts';
import { edgeBands, nBand } from './percent.ts';
import { auditParticipation } from './participation-audit.ts';

/** Who was enrolled (public, exact) and who took part (protected), by one attribute. */
export interface ParticipationInput {
	id: string;
	populationId: string;
	attributeId: string;
	/** All who took part, those without a known group too. */
	responded: number;
	groups: readonly { id: string; label: string; enrolled: number; responded: number }[];
	pool: { id: string; label: string };
	params: DisclosureParams;
}

/** A row of who took part. */
export interface ParticipationRow {
	id: string;
	label: string;
	members: string[];
	enrolled: number;
	/** The group's share of all enrolled: a public fact, a whole percent. */
	enrolledShare: Figure;
	/** The group's number of participants, known to a range of at least minN: '110-123'. */
	people: PeopleCount | { type: 'hidden' };
	/** The group's share of those who took part, as that range gives it. */
	share: Cell;
	/** The part of the group that took part, as that range gives it. */
	rate: Cell;
	/** Where the whole range lies to one side of the enrolled share. */
	gap: 'under' | 'over' | null;
}

/** Who took part, as it may be published. */
export interface ParticipationTable {
	kind: 'participation';
	id: string;
	populationId: string;
	attributeId: string;
	total: { enrolled: number; people: PeopleCount; rate: Cell };
	/** Participants whose group is known. Public, as in a results table. */
	statedN: number | null;
	rows: ParticipationRow[];
	pool: { id: string; members: string[] } | null;
	isBreakdownShown: boolean;
	/**
	 * Response rates, shown by their own rules while answers came in: what they tell of a group is no
	 * secret any more, what follows from it for others is.
	 */
	isRate?: boolean;
}

/**
 * Response rates and 'who took part' (chart C11) from exact enrolment and protected participants: a
 * group's participants lie in one of the fixed ranges of `rangeOfPeople`; shares and rates are what
 * the range gives, so they add nothing to it. Small groups are pooled or hidden as in results.
 */
export function protectParticipation(input: ParticipationInput): ParticipationTable {
	checkParticipation(input);
	const { params } = input;
	const groups = input.groups.map(({ id, responded }) => ({ id, count: responded }));
	const isTooSmall = input.responded < params.minN;
	let arrangement = isTooSmall ? hideAllGroups(groups) : arrangeGroups(groups, params);
	for (;;) {
		const table = buildTable(input, arrangement);
		const { audit } = auditParticipation([table], { minN: params.minN, nests: [] });
		if (audit.ok || !table.isBreakdownShown) {
			return table;
		}
		arrangement = coarsenGroups(groups, arrangement, { params, named: [] });
	}
}

/**
 * The range shown for a number of participants: the n band below 40, from there the n bands cut in
 * steps of minN or 1 % of all participants, whichever is more. One that enrolment leaves with fewer
 * than minN values joins the range below. They depend on public numbers alone, so the choice of range tells nothing.
 */
export function rangeOfPeople(
	responded: number,
	{ enrolled, all, minN }: { enrolled: number; all: number; minN: number },
): { low: number; high: number } {
	const step = Math.max(minN, Math.ceil(all / 100));
	const starts = edgeBands.flatMap(({ nMin, nMax }) => {
		const low = Math.max(nMin, minN);
		const high = Math.min(nMax ?? enrolled, enrolled);
		const count = nMin < 40 ? 1 : Math.max(1, Math.floor((high - low + 1) / step));
		return high < low ? [] : Array.from({ length: count }, (_, index) => low + index * step);
	});
	const kept: number[] = [];
	for (const start of minN < 10 ? [minN, ...starts] : starts) {
		const isWide = kept.length === 0 || start - (kept.at(-1) ?? 0) >= minN;
		if (isWide && (kept.length === 0 || enrolled - start + 1 >= minN)) {
			kept.push(start);
		}
	}
	const index = kept.findLastIndex((start) => start <= responded);
	const next = kept[index + 1];
	return { low: kept[index] ?? 0, high: next === undefined ? enrolled : next - 1 };
}

/** Enrolment and the total alone, for a release whose tables together give a group away. */
export function withholdParticipation(input: ParticipationInput): ParticipationTable {
	checkParticipation(input);
	const groups = input.groups.map(({ id, responded }) => ({ id, count: responded }));
	return buildTable(input, hideAllGroups(groups));
}

function buildTable(input: ParticipationInput, arrangement: Arrangement): ParticipationTable {
	const { params, responded } = input;
	const enrolled = input.groups.reduce((sum, group) => sum + group.enrolled, 0);
	const isSmall = responded < params.minN;
	const isBreakdownShown = arrangement.shown.length > 0;
	const stated = input.groups.reduce((sum, group) => sum + group.responded, 0);
	const rows = input.groups
		.filter(({ id }) => !arrangement.pooled.includes(id))
		.map((group) =>
			toRow(input, { ...group, members: [group.id] }, arrangement.shown.includes(group.id)),
		);
	return {
		kind: 'participation',
		id: input.id,
		populationId: input.populationId,
		attributeId: input.attributeId,
		total: {
			enrolled,
			people: isSmall
				? { type: 'band', band: nBand(responded, params) }
				: { type: 'exact', n: responded },
			rate:
				isSmall || enrolled === 0
					? { type: 'hidden' }
					: { type: 'shown', figure: rangeFigure(responded, responded, enrolled) },
		},
		statedN: isBreakdownShown ? stated : null,
		rows: arrangement.pooled.length === 0 ? rows : [...rows, poolRow(input, arrangement.pooled)],
		pool:
			arrangement.pooled.length === 0 ? null : { id: input.pool.id, members: arrangement.pooled },
		isBreakdownShown,
	};
}

function poolRow(input: ParticipationInput, members: string[]): ParticipationRow {
	const pooled = input.groups.filter(({ id }) => members.includes(id));
	const enrolled = pooled.reduce((sum, group) => sum + group.enrolled, 0);
	const responded = pooled.reduce((sum, group) => sum + group.responded, 0);
	return toRow(input, { ...input.pool, members, enrolled, responded }, true);
}

function toRow(
	input: ParticipationInput,
	group: { id: string; label: string; members: string[]; enrolled: number; responded: number },
	isShown: boolean,
): ParticipationRow {
	const { id, label, members, enrolled, responded } = group;
	const all = input.groups.reduce((sum, { responded: part }) => sum + part, 0);
	const allEnrolled = input.groups.reduce((sum, { enrolled: part }) => sum + part, 0);
	const enrolledShare = rangeFigure(enrolled, enrolled, Math.max(1, allEnrolled));
	const row = { id, label, members, enrolled, enrolledShare };
	if (!isShown) {
		const hidden = { type: 'hidden' } as const;
		return { ...row, people: hidden, share: hidden, rate: hidden, gap: null };
	}
	const { low, high } = rangeOfPeople(responded, { enrolled, all, minN: input.params.minN });
	const share = rangeFigure(low, Math.min(high, all), all);
	return {
		...row,
		people: { type: 'band', band: `${low}-${high}` },
		share: { type: 'shown', figure: share },
		rate: { type: 'shown', figure: rangeFigure(low, high, enrolled) },
		gap: gapOf(share, enrolledShare),
	};
}

function gapOf(share: Figure, enrolled: Figure): ParticipationRow['gap'] {
	if (share.high < enrolled.low) {
		return 'under';
	}
	return share.low > enrolled.high ? 'over' : null;
}

/** 'low–high' of n in whole percent, half up; one number where both round to it. */
function rangeFigure(low: number, high: number, n: number): Figure {
	const percent = (x: number): number => Math.floor((200 * x + n) / (2 * n));
	const [from, to] = [percent(low), percent(high)];
	return { text: from === to ? `${from}%` : `${from}–${to}%`, low: from, high: to };
}

function checkParticipation({ id, groups, responded }: ParticipationInput): void {
	const wrong = groups.find((group) => group.responded > group.enrolled);
	if (wrong !== undefined) {
		throw new RangeError(
			`table ${id}: ${wrong.responded} of group ${wrong.id} took part, but ${wrong.enrolled} ` +
				'are enrolled. Correct the enrolment figures of the engagement.',
		);
	}
	const stated = groups.reduce((sum, group) => sum + group.responded, 0);
	if (stated > responded) {
		throw new RangeError(`table ${id}: groups hold ${stated} people, the total ${responded}.`);
	}
}
