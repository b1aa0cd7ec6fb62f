import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findSurveyByKey, insertSurvey, insertSurveyVersion } from '@throughline/db/queries/survey';
import { definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Deps } from '../deps.ts';

/**
 * Publishes a survey definition as the next version of the survey of its id. Publishing the same
 * definition again changes nothing.
 */
export async function publishSurvey(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	engagementId: string,
	given: { definition: SurveyDefinition; personId: string | null },
): Promise<{ versionId: string; number: number; hash: string; isNew: boolean }> {
	const { definition, personId } = given;
	const { random } = deps;
	const hash = await definitionHash(definition);
	return await deps.db.transaction().execute(async (trx) => {
		const known = await findSurveyByKey(trx, { engagementId, key: definition.id });
		if (known?.newest?.hash === hash) {
			return { versionId: known.newest.id, number: known.newest.number, hash, isNew: false };
		}
		const surveyId = known?.id ?? random.uuid7();
		if (!known) {
			await insertSurvey(trx, { engagementId, id: surveyId, key: definition.id });
		}
		const versionId = random.uuid7();
		const number = (known?.newest?.number ?? 0) + 1;
		await insertSurveyVersion(trx, {
			engagementId,
			id: versionId,
			surveyId,
			number,
			definition,
			hash,
			publishedAt: deps.clock(),
			publishedBy: personId,
		});
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'survey.published',
			target: versionId,
			detail: { key: definition.id, number },
		});
		return { versionId, number, hash, isNew: true };
	});
}
