import type { ParticipationRow, ParticipationTable } from './participation.ts';
import type { ShownRate } from './response-rate.ts';
import { impliedPeople } from './shares.ts';

/** The response rates of a window as they were shown last, by the groups of one attribute. */
export interface KnownRates {
	populationId: string;
	attributeId: string;
	all: ShownRate;
	groups: readonly { id: string; rate: ShownRate }[];
	/**
	 * Whether everybody who answered still counts in their group: small cohorts may have been merged
	 * into wider ones since, so that results know fewer of a group than its rate did.
	 */
	areGroupsWhole: boolean;
	/** Whether they are those of the end; before, more people may have answered since. */
	areFinal: boolean;
}

/**
 * What whoever saw the response rates knows of who took part, as a table the audit reads beside
 * those of releases: the share as a range of people, the band of those who answered.
 */
export function ratesKnown(rates: KnownRates): ParticipationTable {
	const { all, groups, areGroupsWhole } = rates;
	const rows = groups
		.filter(({ rate }) => rate.eligible > 0)
		.map(({ id, rate }): ParticipationRow => {
			const people = rate.shown === null ? null : peopleOf(rate.eligible, rate.shown, rates);
			return {
				id,
				label: id,
				members: [id],
				enrolled: rate.eligible,
				enrolledShare: { text: '', low: 0, high: 100 },
				people:
					people === null
						? { type: 'hidden' }
						: { type: 'band', band: `${areGroupsWhole ? people.low : 0}-${people.high}` },
				share: { type: 'hidden' },
				rate: { type: 'hidden' },
				gap: null,
			};
		});
	const total =
		all.shown === null ? { low: 0, high: all.eligible } : peopleOf(all.eligible, all.shown, rates);
	return {
		kind: 'participation',
		id: 'response rates',
		populationId: rates.populationId,
		attributeId: rates.attributeId,
		total: {
			enrolled: all.eligible,
			people: { type: 'band', band: `${total.low}-${total.high}` },
			rate: { type: 'hidden' },
		},
		statedN: null,
		rows,
		pool: null,
		isBreakdownShown: rows.length > 0,
		isRate: true,
	};
}

/** A share from `low` up to, not including, `high` percent; all of them where it ends at 100. */
function peopleOf(
	eligible: number,
	shown: NonNullable<ShownRate['shown']>,
	{ areFinal }: Pick<KnownRates, 'areFinal'>,
): { low: number; high: number } {
	const band = impliedPeople({ type: 'band', band: shown.nBand });
	const least = Math.ceil((shown.low * eligible) / 100);
	const most = shown.high === 100 ? eligible : Math.ceil((shown.high * eligible) / 100) - 1;
	return {
		low: Math.max(least, band.low),
		high: areFinal ? Math.min(most, band.high) : eligible,
	};
}
