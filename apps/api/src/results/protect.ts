import type {
	DisclosureParams,
	ParticipationInput,
	ResultsInput,
} from '@throughline/analysis/disclosure';
import { type listEnrollment } from '@throughline/db/queries/site-enrollment';
import { type AttributeId, groupOrder } from './attributes.ts';
import type { Tally } from './count.ts';
import type { CountedWindow } from './read-window.ts';

/** The row of pooled small groups; its words are the chart's. */
export const POOL = { id: 'pooled', label: 'All masked groups' } as const;

/** The rules of an engagement. */
export function paramsOf(window: Pick<CountedWindow, 'minN'>): DisclosureParams {
	return { minN: window.minN, zeroIsSafe: false, smallGroup: 'pool_then_suppress' };
}

/** A question or the themes by one attribute, before protection. */
export function resultsInput(
	window: CountedWindow,
	tally: Tally,
	attribute: AttributeId | null,
): ResultsInput {
	const groups = attribute === null ? new Map() : tally.byAttribute[attribute];
	const order = attribute === null ? [] : groupOrder(window.survey, attribute, window.sites);
	return {
		id: attribute === null ? tally.id : `${tally.id}-by-${attribute}`,
		populationId: window.windowId,
		questionId: tally.id,
		attributeId: attribute ?? 'everyone',
		isMultiple: tally.isMultiple,
		options: tally.options,
		combinations: combinationsOf(window, tally),
		total: tally.total,
		// Every group that could have answered: one left out would tell that nobody of it did.
		groups: order.map((group) => ({
			id: group,
			label: group,
			...(groups.get(group) ?? { n: 0, counts: tally.options.map(() => 0) }),
		})),
		pool: POOL,
		params: paramsOf(window),
	};
}

/** Enrolment by an attribute of the enrolment count, where results know the same groups. */
export type EnrollmentRow = Awaited<ReturnType<typeof listEnrollment>>[number];

/** Who took part by site, grade or race, against the district's enrolment, before protection. */
export function takingPartInput(
	window: CountedWindow,
	enrollment: readonly EnrollmentRow[],
	attribute: 'site' | 'level' | 'race' | 'grade_band',
): ParticipationInput {
	const enrolled = enrolledBy(enrollment, attribute);
	const responded = window.everyone.byAttribute[attribute];
	const order = groupOrder(window.survey, attribute, window.sites);
	return {
		id: `took-part-by-${attribute}`,
		populationId: window.windowId,
		attributeId: attribute,
		responded: window.everyone.total.n,
		groups: order
			.filter((group) => (enrolled.get(group) ?? 0) > 0)
			.map((group) => ({
				id: group,
				label: group,
				enrolled: enrolled.get(group) ?? 0,
				responded: Math.min(responded.get(group)?.n ?? 0, enrolled.get(group) ?? 0),
			})),
		pool: POOL,
		params: paramsOf(window),
	};
}

/** Race codes of the survey and of the enrolment count; others have no enrolment to compare with. */
const raceOfEnrollment: Record<string, string> = {
	american_indian: 'aian',
	asian: 'asian',
	black: 'black',
	hispanic: 'hispanic',
	pacific_islander: 'nhpi',
	white: 'white',
	two_or_more: 'two_or_more',
};

function enrolledBy(
	enrollment: readonly EnrollmentRow[],
	attribute: 'site' | 'level' | 'race' | 'grade_band',
): Map<string, number> {
	const sums = new Map<string, number>();
	for (const row of enrollment) {
		const group = enrolledGroup(row, attribute);
		if (group !== null) {
			sums.set(group, (sums.get(group) ?? 0) + row.n);
		}
	}
	return sums;
}

function enrolledGroup(row: EnrollmentRow, attribute: string): string | null {
	if (attribute === 'race') {
		return row.attribute === 'race' ? (raceOfEnrollment[row.value] ?? null) : null;
	}
	if (row.attribute !== 'grade') {
		return null;
	}
	if (attribute === 'site') {
		return row.site_key;
	}
	if (attribute === 'level') {
		return row.level;
	}
	const grade = Number(row.value);
	if (grade <= 8) {
		return '6-8';
	}
	return grade <= 10 ? '9-10' : '11-12';
}

/** Agree and disagree of a scale, as sums that are shown beside its steps. */
function combinationsOf(window: CountedWindow, tally: Tally) {
	const question = window.survey.question(tally.id);
	if (question?.kind !== 'closed' || question.type !== 'scale') {
		return [];
	}
	const sides = scaleSides(window, tally.id);
	return [
		{ id: 'agree', of: sides.agree },
		{ id: 'disagree', of: sides.disagree },
	];
}

/** Which codes of a scale agree, disagree, stand between, or are outside the scale. */
export function scaleSides(window: Pick<CountedWindow, 'survey'>, questionId: string) {
	const question = window.survey.question(questionId);
	const options = question?.kind === 'closed' ? question.options : [];
	const valued = options.filter((option) => typeof option.value === 'number');
	const values = valued.map((option) => option.value ?? 0);
	const middle = (Math.min(...values) + Math.max(...values)) / 2;
	const codes = (holds: (value: number) => boolean) =>
		valued.filter((option) => holds(option.value ?? middle)).map((option) => option.code);
	return {
		disagree: codes((value) => value < middle),
		neutral: codes((value) => value === middle),
		agree: codes((value) => value > middle),
	};
}
