import { listOpenFlagsOf } from '@throughline/db/queries/review-flag';
import { listQuotedSessions } from '@throughline/db/queries/quoted-session';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { CountedWindow } from '../results/read-window.ts';
import type { ReleaseBody, ReleasedGroups, ReleaseProblem } from './body.ts';

/**
 * What a group said goes back to the group before it goes to the board: a session that is quoted
 * from and whose group has not seen it stands in the way, unless the steward says why.
 */
export async function readGroups(
	db: Kysely<Schema>,
	window: Pick<CountedWindow, 'engagementId'>,
	{ quoteIds, reason }: { quoteIds: readonly string[]; reason: string },
): Promise<{ released: ReleasedGroups | null; problems: ReleaseProblem[] }> {
	const sessions = await listQuotedSessions(db, window.engagementId, quoteIds);
	if (sessions.length === 0) {
		return { released: null, problems: [] };
	}
	const unseen = sessions.filter(({ isShown }) => !isShown);
	const problems = unseen.map(({ id, key }): ReleaseProblem => ({
		code: 'group',
		where: `The dialog session ${key}`,
		message:
			'Its group has not seen yet what was made of its words. Give the group its link first, or prepare the release anew with a reason.',
		target: { type: 'session', id },
	}));
	return {
		released: {
			sessions: sessions.length,
			shown: sessions.length - unseen.length,
			reason: unseen.length > 0 ? reason : '',
		},
		problems: reason === '' ? problems : [],
	};
}

/** Findings and recommendations that rest on words taken back or corrected, not looked at since. */
export async function reviewProblems(
	db: Kysely<Schema>,
	engagementId: string,
	body: ReleaseBody,
): Promise<ReleaseProblem[]> {
	const of = async (targetType: 'finding' | 'recommendation', targetIds: string[]) => {
		const open = await listOpenFlagsOf(db, { engagementId, targetType, targetIds });
		return new Set(open.map(({ targetId }) => targetId));
	};
	const findings = await of(
		'finding',
		body.findings.map(({ id }) => id),
	);
	const recommendations = await of(
		'recommendation',
		body.recommendations.map(({ id }) => id),
	);
	const problem = (where: string, id: string): ReleaseProblem => ({
		code: 'review',
		where,
		message:
			'Words it rests on were taken back, withdrawn or corrected. Look at it again and say under Reviews what came of it.',
		target: { type: 'flags', id },
	});
	return [
		...body.findings
			.filter(({ id }) => findings.has(id))
			.map(({ id, sentence }) => problem(`The finding “${sentence}”`, id)),
		...body.recommendations
			.filter(({ id }) => recommendations.has(id))
			.map(({ id, key }) => problem(`The recommendation ${key}`, id)),
	];
}
