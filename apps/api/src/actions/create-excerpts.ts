import { createHash } from 'node:crypto';
import { isNonAnswer, redact } from '@throughline/analysis/text';
import {
	insertExcerpts,
	lastQueuePosition,
	listResponsePage,
} from '@throughline/db/queries/excerpt';
import type { ExcerptTable, Schema, StoredAnswers } from '@throughline/db/schema';
import { compileSurvey, type Survey, surveyDefinitionSchema } from '@throughline/survey-engine';
import type { Insertable, Kysely } from 'kysely';
import { z } from 'zod';
import type { Deps, Random } from '../deps.ts';
import { AppError } from '../errors.ts';
import { shuffle } from '../ballot/shuffle.ts';

const PAGE = 500;
/** At least this many answers are drawn for double coding, or all of them if there are fewer. */
const SMALLEST_SAMPLE = 300;
const SAMPLE_SHARE = 0.2;

interface WindowKey {
	engagementId: string;
	windowId: string;
}

type NewExcerpt = Omit<Insertable<ExcerptTable>, 'queue_position' | 'in_sample'>;

/**
 * Turns the open answers of an opened window into excerpts: redacted, in a shuffled queue, with a
 * random sample marked for double coding. Blank words ('idk') are kept and marked, outside the
 * sample.
 * @returns how many excerpts were made.
 */
export async function createExcerpts(
	deps: Pick<Deps, 'random'>,
	db: Kysely<Schema>,
	key: WindowKey,
): Promise<number> {
	const { survey, names } = await readContext(db, key);
	const drafts: NewExcerpt[] = [];
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listResponsePage>> = await listResponsePage(db, {
			...key,
			after,
			limit: PAGE,
		});
		for (const response of page) {
			drafts.push(...excerptsOf(deps.random, { ...key, survey, names, response }));
		}
		const last = page.at(-1);
		if (!last || page.length < PAGE) {
			break;
		}
		after = last.id;
	}
	shuffle(drafts, deps.random);
	await insertExcerpts(db, queueUp(drafts, await lastQueuePosition(db, key.engagementId)));
	return drafts.length;
}

function excerptsOf(
	random: Random,
	source: WindowKey & {
		survey: Survey;
		names: string[];
		response: { id: string; answers: StoredAnswers };
	},
): NewExcerpt[] {
	const { survey, response } = source;
	const { meta, values } = response.answers;
	const excerpts: NewExcerpt[] = [];
	for (const question of survey.questions) {
		const answer = values[question.id];
		if (question.kind !== 'text' || !question.isOpenText || typeof answer !== 'string') {
			continue;
		}
		const redacted = redact(answer, { names: source.names, language: meta.language });
		excerpts.push({
			engagement_id: source.engagementId,
			id: random.uuid4(),
			source_kind: 'answer',
			source_id: response.id,
			window_id: source.windowId,
			question_id: question.id,
			text: redacted.text,
			text_hash: createHash('sha256').update(redacted.text).digest('hex'),
			language: meta.language,
			redactions: JSON.stringify(redacted.redactions),
			is_non_answer: isNonAnswer(answer, meta.language),
		});
	}
	return excerpts;
}

/** The order is already random, so the first answers of the queue are a random sample. */
function queueUp(drafts: NewExcerpt[], lastPosition: number): Insertable<ExcerptTable>[] {
	const answers = drafts.filter((draft) => !draft.is_non_answer).length;
	const sampleSize = Math.max(SMALLEST_SAMPLE, Math.ceil(answers * SAMPLE_SHARE));
	let sampled = 0;
	return drafts.map((draft, index) => {
		const isSampled = !draft.is_non_answer && sampled < sampleSize;
		sampled += Number(isSampled);
		return { ...draft, queue_position: lastPosition + 1 + index, in_sample: isSampled };
	});
}

/** The survey that was answered, and the names the district asked to have taken out of answers. */
async function readContext(db: Kysely<Schema>, key: WindowKey) {
	const row = await db
		.selectFrom('survey_window as w')
		.innerJoin('survey_version as v', (join) =>
			join
				.onRef('v.engagement_id', '=', 'w.engagement_id')
				.onRef('v.id', '=', 'w.survey_version_id'),
		)
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.select(['v.definition', 'e.details'])
		.where('w.engagement_id', '=', key.engagementId)
		.where('w.id', '=', key.windowId)
		.executeTakeFirst();
	if (!row) {
		throw new AppError('window_not_found', 404, 'There is no such survey window.');
	}
	const { namesToRedact } = detailsSchema.parse(row.details);
	return {
		survey: compileSurvey(surveyDefinitionSchema.parse(row.definition)),
		names: namesToRedact,
	};
}

const detailsSchema = z.looseObject({ namesToRedact: z.array(z.string()).default([]) });
