import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { DecisionState } from '../schema.ts';
import type { Database } from '../types.ts';

export interface CoderKey {
	engagementId: string;
	coderId: string;
}
export interface DecisionKey extends CoderKey {
	excerptId: string;
}

export interface CodingStep {
	id: string;
	excerptId: string;
	before: DecisionState;
	after: DecisionState;
}

/** Lets one coder's decisions happen one after the other, until the transaction ends. */
export async function lockCoder(trx: Database, coder: CoderKey): Promise<void> {
	const name = `coder:${coder.engagementId}:${coder.coderId}`;
	await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

/** What a coder has decided on an excerpt; null when nothing yet. */
export async function findDecision(db: Database, key: DecisionKey): Promise<DecisionState> {
	const row = await db
		.selectFrom('excerpt_decision as d')
		.select('d.saw_suggestions as sawSuggestions')
		.select(
			sql<string[]>`array(
				select c.theme_id from coding c
				where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
					and c.coder_id = d.coder_id
				order by c.theme_id
			)`.as('themeIds'),
		)
		.where('d.engagement_id', '=', key.engagementId)
		.where('d.excerpt_id', '=', key.excerptId)
		.where('d.coder_id', '=', key.coderId)
		.executeTakeFirst();
	return row ?? null;
}

/** Puts a decision in place of whatever was there; null takes it away. */
export async function writeDecision(
	trx: Database,
	key: DecisionKey,
	{ state, decidedAt }: { state: DecisionState; decidedAt: Date },
): Promise<void> {
	const own = {
		engagement_id: key.engagementId,
		excerpt_id: key.excerptId,
		coder_id: key.coderId,
	};
	if (state === null) {
		await trx
			.deleteFrom('excerpt_decision')
			.where('engagement_id', '=', key.engagementId)
			.where('excerpt_id', '=', key.excerptId)
			.where('coder_id', '=', key.coderId)
			.execute();
		return;
	}
	await trx
		.insertInto('excerpt_decision')
		.values({ ...own, saw_suggestions: state.sawSuggestions, decided_at: decidedAt })
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'excerpt_id', 'coder_id'])
				.doUpdateSet({ saw_suggestions: state.sawSuggestions, decided_at: decidedAt }),
		)
		.execute();
	await trx
		.deleteFrom('coding')
		.where('engagement_id', '=', key.engagementId)
		.where('excerpt_id', '=', key.excerptId)
		.where('coder_id', '=', key.coderId)
		.execute();
	if (state.themeIds.length > 0) {
		await trx
			.insertInto('coding')
			.values(state.themeIds.map((themeId) => ({ ...own, theme_id: themeId })))
			.execute();
	}
}

/** Keeps what stood before and after a decision, and forgets the steps that were undone. */
export async function addStep(
	trx: Database,
	step: DecisionKey & { id: string; before: DecisionState; after: DecisionState },
): Promise<void> {
	await trx
		.deleteFrom('coding_step')
		.where('engagement_id', '=', step.engagementId)
		.where('coder_id', '=', step.coderId)
		.where('is_undone', '=', true)
		.execute();
	await trx
		.insertInto('coding_step')
		.values({
			engagement_id: step.engagementId,
			id: step.id,
			coder_id: step.coderId,
			excerpt_id: step.excerptId,
			before: step.before === null ? null : json(step.before),
			after: step.after === null ? null : json(step.after),
			is_undone: false,
		})
		.execute();
}

/** The step that undo takes back, or that redo repeats; undefined when there is none. */
export async function findStep(
	db: Database,
	coder: CoderKey,
	direction: 'undo' | 'redo',
): Promise<CodingStep | undefined> {
	return await db
		.selectFrom('coding_step as s')
		.innerJoin('excerpt as e', (join) =>
			join.onRef('e.engagement_id', '=', 's.engagement_id').onRef('e.id', '=', 's.excerpt_id'),
		)
		.select(['s.id', 's.excerpt_id as excerptId', 's.before', 's.after'])
		.where('s.engagement_id', '=', coder.engagementId)
		.where('s.coder_id', '=', coder.coderId)
		.where('s.is_undone', '=', direction === 'redo')
		.where('e.withdrawn_at', 'is', null)
		.orderBy('s.id', direction === 'undo' ? 'desc' : 'asc')
		.limit(1)
		.executeTakeFirst();
}

export async function markStep(
	trx: Database,
	key: { engagementId: string; id: string },
	isUndone: boolean,
): Promise<void> {
	await trx
		.updateTable('coding_step')
		.set({ is_undone: isUndone })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.execute();
}

/** Notes that a coder has seen more than the excerpt. Noting it twice is once. */
export async function noteReveal(
	db: Database,
	key: DecisionKey,
	kind: 'suggestions' | 'codings',
): Promise<void> {
	await db
		.insertInto('excerpt_reveal')
		.values({
			engagement_id: key.engagementId,
			excerpt_id: key.excerptId,
			coder_id: key.coderId,
			kind,
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Whether a coder has seen suggestions or others' codings of an excerpt. */
export async function hasReveal(db: Database, key: DecisionKey): Promise<boolean> {
	const row = await db
		.selectFrom('excerpt_reveal')
		.select('kind')
		.where('engagement_id', '=', key.engagementId)
		.where('excerpt_id', '=', key.excerptId)
		.where('coder_id', '=', key.coderId)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** What a coder has decided, the newest first. */
export async function listDecided(
	db: Database,
	coder: CoderKey,
	page: { limit: number; offset: number },
): Promise<
	{ id: string; text: string; language: string; themeIds: string[]; sawSuggestions: boolean }[]
> {
	return await db
		.selectFrom('excerpt_decision as d')
		.innerJoin('excerpt as e', (join) =>
			join.onRef('e.engagement_id', '=', 'd.engagement_id').onRef('e.id', '=', 'd.excerpt_id'),
		)
		.select(['e.id', 'e.text', 'e.language', 'd.saw_suggestions as sawSuggestions'])
		.select(
			sql<string[]>`array(
				select c.theme_id from coding c
				where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
					and c.coder_id = d.coder_id
				order by c.theme_id
			)`.as('themeIds'),
		)
		.where('d.engagement_id', '=', coder.engagementId)
		.where('d.coder_id', '=', coder.coderId)
		.where('e.withdrawn_at', 'is', null)
		.orderBy('d.decided_at', 'desc')
		.orderBy('d.excerpt_id')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}
