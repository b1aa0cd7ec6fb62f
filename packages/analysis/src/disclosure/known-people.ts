import type { ParticipationAudit } from './participation-audit.ts';
import type { ParticipationTable } from './participation.ts';
import type { ProtectedTable } from './protected-table.ts';
import { type KnownBounds, peopleKey } from './question-system.ts';
import type { ReleaseTable } from './release-audit.ts';
import { type CountBounds, impliedPeople } from './shares.ts';

/**
 * Who took part bounds who answered: nobody answers who did not take part, and no more people of a
 * group skipped a question than skipped it at all. What other questions show of a group bounds who
 * took part in turn.
 */
export function knownPeople(
	table: ProtectedTable,
	all: readonly ReleaseTable[],
	participation: ReadonlyMap<string, ParticipationAudit>,
): KnownBounds {
	const related = all.filter(
		(other) =>
			other.populationId === table.populationId &&
			other.kind !== 'counts' &&
			other.attributeId === table.attributeId,
	);
	const source = related.find((other) => other.kind === 'participation');
	const bounds = participation.get(table.populationId)?.bounds.get(table.attributeId);
	if (bounds === undefined || source?.kind !== 'participation') {
		return new Map();
	}
	const others = related.filter((other) => other.kind === 'results');
	const skippedHere = skippedIn(table, source);
	const entries = [...bounds].map(([group, tookPart]): [string, CountBounds] => {
		const { low, high } = others.reduce((known, other) => {
			const row = other.groups.find(({ members }) => members.length === 1 && members[0] === group);
			const answered = impliedPeople(row?.people ?? { type: 'hidden' });
			return {
				low: Math.max(known.low, answered.low),
				high: Math.min(known.high, answered.high + skippedIn(other, source)),
			};
		}, tookPart);
		const least = Math.max(0, Math.ceil(low - 1e-6) - skippedHere);
		return [peopleKey(table.attributeId, group), { low: least, high: Math.floor(high + 1e-6) }];
	});
	return new Map(entries);
}

/** How many took part and did not answer this question: public, from two exact totals. */
function skippedIn(table: ProtectedTable, source: ParticipationTable): number {
	const byTotal = impliedPeople(source.total.people).high - impliedPeople(table.total.people).low;
	const byStated = (source.statedN ?? Infinity) - (table.statedN ?? 0);
	return Math.max(0, Math.min(byTotal, byStated));
}
