import { listOpenedWindows } from '@throughline/db/queries/results';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Principal } from '../policies/principal.ts';
import { may } from '../policies/verbs.ts';
import type { ResultsReader } from '../results/read-window.ts';
import { oneLook, type TeamReader, type TeamResults } from '../results/team-results.ts';
import { createTeamQuotes, type TeamQuote } from './team-quotes.ts';

/** Reads what findings and recommendations rest on, for one person and one request. */
export interface DecisionReader {
	team: TeamReader;
	/** The opened windows of which something can be shown, newest first. */
	windows(engagementId: string): Promise<TeamResults[]>;
	quotes(engagementId: string): Promise<TeamQuote[]>;
}

export type ReaderFor = (principal: Principal) => DecisionReader;

/** Makes the readers of requests. What a window's answers say is counted once for all of them. */
export function createDecisionReader(
	db: Kysely<Schema>,
	from: { results: ResultsReader; team: TeamReader },
): ReaderFor {
	const teamQuotes = createTeamQuotes(db, from.results);
	return (principal) => {
		const team = oneLook(from.team);
		const quotes = new Map<string, Promise<TeamQuote[]>>();
		return {
			team,
			async windows(engagementId) {
				const opened = await listOpenedWindows(db, engagementId);
				const read: (TeamResults | null)[] = [];
				for (const { id } of opened) {
					read.push(await readIfShown(team, { engagementId, windowId: id }));
				}
				return read.filter((results) => results !== null);
			},
			quotes(engagementId) {
				const seesUncleared = may(principal, 'quote:clear', engagementId);
				const read = quotes.get(engagementId) ?? teamQuotes.read(engagementId, { seesUncleared });
				quotes.set(engagementId, read);
				return read;
			},
		};
	};
}

/** The results of a window, or null when none can be shown. */
export async function readIfShown(
	team: TeamReader,
	key: { engagementId: string; windowId: string },
): Promise<TeamResults | null> {
	try {
		return await team.read(key);
	} catch (error) {
		if (error instanceof AppError) {
			return null;
		}
		throw error;
	}
}
