import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import type { CountedWindow } from '../results/read-window.ts';

/** The true numbers of every group of every attribute, in every question. */
export function groupNumbers(window: CountedWindow): number[] {
	return [...window.questions.values(), window.everyone].flatMap((tally) =>
		Object.values(tally.byAttribute).flatMap((groups) =>
			[...groups.values()].flatMap(({ n, counts }) => [n, ...counts]),
		),
	);
}

/** Numbers of three digits or more, as they stand in JSON, in CSV or in a sentence. */
export function numbersIn(text: string): number[] {
	const withoutIds = text.replaceAll(
		/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|\d{4}-\d{2}(-\d{2})?/g,
		'',
	);
	return [...withoutIds.matchAll(/(?<![\w.])\d{1,3}(?:[,٬.]?\d{3})*(?![\w])/g)].map(([digits]) =>
		Number(digits.replaceAll(/\D/g, '')),
	);
}

/** What anyone may know: enrolment, how many answered a question or were coded in all,
 * where bands end. */
export async function publicNumbers(
	db: Kysely<Schema>,
	window: CountedWindow,
): Promise<Set<number>> {
	const { rows } = await sql<{ n: number }>`
			select n from site_enrollment
			union select eligible from cohort
			union select sum(n)::int from site_enrollment group by site_id, attribute
			union select sum(n)::int from site_enrollment group by attribute, value
			union select count(distinct d.excerpt_id)::int from excerpt_decision d
				join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
				where not e.is_non_answer and e.withdrawn_at is null
			union select count(distinct d.excerpt_id)::int from excerpt_decision d
				join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
				where not e.is_non_answer and e.source_kind = 'answer'
		`.execute(db);
	const totals = [...window.questions.values()].map(({ total }) => total.n);
	const bandEnds = [100, 299, 300];
	return new Set([...rows.map(({ n }) => n), ...totals, window.everyone.total.n, ...bandEnds]);
}
