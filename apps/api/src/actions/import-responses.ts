import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	countImport,
	createImportCohorts,
	createImportWindow,
	ensureImportNotice,
	hasWindowLabelled,
	type ImportedRow,
	type ImportTarget,
	openImport,
	stageImport,
	storeImport,
} from '@throughline/db/queries/import';
import type { StoredAnswers } from '@throughline/db/schema';
import { canonicalJson, contentHash } from '@throughline/survey-engine';
import { planMerge } from '../ballot/merge-cohorts.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { ReadRow } from '../import/read-row.ts';
import { createExcerpts } from './create-excerpts.ts';

type Trx = Parameters<typeof openImport>[0];

const CHUNK = 500;
const NOTICE = {
	kind: 'imported',
	text: { en: 'These answers were given elsewhere; the notice shown there is not stored here.' },
};

export interface ImportOrder {
	engagementId: string;
	survey: { versionId: string; hash: string };
	/** What the window is called; no other window of the engagement may be called so. */
	label: string;
	opensAt: Date;
	closesAt: Date;
	/** No pile of responses is smaller than this. */
	minN: number;
	/** Rows that can be stored, in the file's order. */
	rows: AsyncIterable<ReadRow>;
}

/**
 * Stores the rows of a file as an opened window: shuffled, in cohorts by site and grade merged
 * upward as an opening merges them, with excerpts made of the open answers. All of it or nothing.
 * @returns how many responses and excerpts were stored; no window is made when there is no row.
 * @throws AppError 409 `window_exists`.
 */
export async function importResponses(
	deps: Pick<Deps, 'db' | 'random'>,
	order: ImportOrder,
): Promise<{ windowId: string | null; responses: number; excerpts: number }> {
	const { engagementId, label } = order;
	return deps.db.transaction().execute(async (trx) => {
		if (await hasWindowLabelled(trx, { engagementId, label })) {
			const why = `There is a window “${label}” already. Give another name with --window, so that nothing is imported twice.`;
			throw new AppError('window_exists', 409, why);
		}
		const notice = await ensureImportNotice(trx, {
			engagementId,
			id: deps.random.uuid7(),
			body: canonicalJson(NOTICE),
			bodyHash: await contentHash(NOTICE),
		});
		await openImport(trx);
		const responses = await stageAll(deps, trx, { order, notice: notice.hash });
		if (responses === 0) {
			return { windowId: null, responses, excerpts: 0 };
		}
		const windowId = deps.random.uuid7();
		const key = { engagementId, windowId };
		await createImportWindow(trx, {
			...key,
			surveyVersionId: order.survey.versionId,
			noticeVersionId: notice.id,
			linkKey: windowId,
			label,
			opensAt: order.opensAt,
			closesAt: order.closesAt,
		});
		await storeImport(trx, key, await makeCohorts(deps, trx, { ...key, minN: order.minN }));
		const excerpts = await createExcerpts(deps, trx, key);
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: null,
			action: 'responses.imported',
			target: windowId,
			detail: { label },
		});
		return { windowId, responses, excerpts };
	});
}

async function stageAll(
	{ random }: Pick<Deps, 'random'>,
	trx: Trx,
	{ order, notice }: { order: ImportOrder; notice: string },
): Promise<number> {
	let count = 0;
	let chunk: ImportedRow[] = [];
	for await (const { siteId, grade, language, answers } of order.rows) {
		const stored: StoredAnswers = {
			meta: { survey: order.survey.hash, notice, language },
			// Answers are strings and lists of strings; the engine's type says they are not changed.
			values: answers as StoredAnswers['values'],
		};
		chunk.push({ id: random.uuid4(), siteId, grade, answers: JSON.stringify(stored) });
		count += 1;
		if (chunk.length === CHUNK) {
			await stageImport(trx, chunk);
			chunk = [];
		}
	}
	await stageImport(trx, chunk);
	return count;
}

/** Makes the cohorts that are large enough, and says which of them each site and grade goes to. */
async function makeCohorts(
	{ random }: Pick<Deps, 'random'>,
	trx: Trx,
	{ minN, ...key }: { engagementId: string; windowId: string; minN: number },
): Promise<ImportTarget[]> {
	const piles = await countImport(trx);
	const plan = planMerge(
		piles.map(({ siteId, n }, index) => ({ id: String(index), siteId, count: n })),
		minN,
	);
	const made = new Map<string, { id: string; siteId: string | null; grade: string | null }>();
	const targets = piles.map(({ siteId, grade }, index): ImportTarget => {
		const id = String(index);
		const isDistrict = plan.toDistrict.includes(id);
		const wide = {
			siteId: isDistrict ? null : siteId,
			grade: plan.stays.includes(id) ? grade : null,
		};
		const name = JSON.stringify(wide);
		const cohort = made.get(name) ?? { id: random.uuid7(), ...wide };
		made.set(name, cohort);
		return { siteId, grade, cohortId: cohort.id };
	});
	await createImportCohorts(trx, key, [...made.values()]);
	return targets;
}
