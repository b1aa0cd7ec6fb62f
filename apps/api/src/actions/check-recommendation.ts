import { listFindings } from '@throughline/db/queries/decisions';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { DecisionReader } from '../decisions/read-team.ts';
import { readEvidence } from '../decisions/team-evidence.ts';
import { AppError, type FieldProblems } from '../errors.ts';
import { wordsOf } from '../releases/public-words.ts';
import { typedProblems } from '../releases/typed-evidence.ts';

/**
 * Refuses words of a public recommendation that count students whom no chart behind it shows.
 * @param check.findingIds the findings it rests on.
 * @throws AppError 422 with one message per field.
 */
export async function refuseUnbackedNumbers(
	deps: { db: Kysely<Schema>; reader: DecisionReader },
	engagementId: string,
	check: { words: Parameters<typeof wordsOf>[0]; findingIds: readonly string[] },
): Promise<void> {
	const words = wordsOf(check.words);
	// Most recommendations have no such number, with evidence or without.
	if (fieldsOf(words, { charts: [], quotes: [] }) === null) {
		return;
	}
	const quotes = await deps.reader.quotes(engagementId);
	const findings = await listFindings(deps.db, engagementId);
	const evidence = { charts: [], quotes: [] } as Parameters<typeof fieldsOf>[1];
	for (const finding of findings.filter(({ id }) => check.findingIds.includes(id))) {
		const own = await readEvidence(deps.reader.team, engagementId, { ...finding, quotes });
		evidence.charts.push(...own.charts.flatMap((chart) => chart ?? []));
	}
	const fields = fieldsOf(words, evidence);
	if (fields !== null) {
		const said = Object.values(fields).join(' ');
		throw new AppError(
			'invalid_input',
			422,
			`The public would read a number without a chart. ${said}`,
			{
				fields,
			},
		);
	}
}

function fieldsOf(
	words: ReturnType<typeof wordsOf>,
	evidence: { charts: Parameters<typeof typedProblems>[1]['charts'][number][]; quotes: string[] },
): FieldProblems | null {
	const wrong = words.flatMap(({ key, name, text, field }): [string, string][] => {
		const [problem] = typedProblems(text, evidence, field);
		return problem === undefined ? [] : [[key, `In ${name}: ${problem}`]];
	});
	return wrong.length === 0 ? null : Object.fromEntries(wrong);
}
