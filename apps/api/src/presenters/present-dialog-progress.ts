import type { countDialogs, listOverdueDialogs } from '@throughline/db/queries/dialog-plan';
import type { DialogProgress, DirectiveProgress, Tally } from '../routes/dialogs/schema.ts';
import { localTime } from './local-time.ts';

type Count = Awaited<ReturnType<typeof countDialogs>>[number];

/** How far the sessions have come, by what the mandate directs and by group. */
export function presentDialogProgress(found: {
	counts: readonly Count[];
	directives: readonly { id: string; text: string }[];
	groups: readonly { id: string; name: string; site: string }[];
	overdue: Awaited<ReturnType<typeof listOverdueDialogs>>;
	timezone: string;
}): DialogProgress {
	const { counts, directives, groups } = found;
	const tally = (directive: DirectiveProgress['directive']): DirectiveProgress => {
		const own = counts.filter(({ directiveId }) => directiveId === (directive?.id ?? null));
		return {
			directive,
			...sum(own),
			groups: [...groups, null].flatMap((group) => {
				const ofGroup = own.filter(({ studentGroupId }) => studentGroupId === (group?.id ?? null));
				return ofGroup.length === 0 ? [] : [{ group, ...sum(ofGroup) }];
			}),
		};
	};
	const covered = new Set(
		counts
			.filter(({ planned, held }) => planned + held > 0)
			.map(({ studentGroupId }) => studentGroupId),
	);
	const rest = tally(null);
	return {
		directives: [...directives.map(tally), ...(rest.groups.length > 0 ? [rest] : [])],
		groupsWithout: groups.filter(({ id }) => !covered.has(id)),
		overdue: found.overdue.map(({ id, key, group, startsAt }) => ({
			id,
			key,
			group,
			startsAt: localTime(startsAt, found.timezone),
		})),
		totals: sum(counts),
		timezone: found.timezone,
	};
}

function sum(counts: readonly Count[]): Tally {
	const total = (of: (count: Count) => number) =>
		counts.reduce((before, count) => before + of(count), 0);
	return {
		planned: total(({ planned }) => planned),
		overdue: total(({ overdue }) => overdue),
		held: total(({ held }) => held),
		cancelled: total(({ cancelled }) => cancelled),
	};
}
