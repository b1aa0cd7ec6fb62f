import type { Nest } from './question-system.ts';
import type { ParticipationInput } from './participation.ts';
import type { DisclosureParams } from './params.ts';
import type { ReleaseInput } from './release.ts';
import type { ResultsInput } from './results.ts';

/** A made-up district for property tests: everything about it follows from these numbers. */
export interface DistrictPlan {
	seed: number;
	students: number;
	questions: number;
	/** Chance that a student leaves a question, or an attribute, unanswered. */
	skip: number;
	attributes: readonly { id: string; weights: readonly number[] }[];
}

interface Student {
	tookPart: boolean;
	groups: Record<string, string | null>;
	/** Per question: the options chosen, or null when it was skipped. */
	answers: (number[] | null)[];
}

/** Attributes like those of the sample survey: schools of a level, grades, a few uneven ones. */
export const usualAttributes: DistrictPlan['attributes'] = [
	{ id: 'school', weights: [28, 24, 3, 18, 17, 10] },
	{ id: 'race', weights: [3.4, 2.8, 7.8, 5.9, 0.2, 69.9, 10] },
	{ id: 'grade', weights: [12, 12, 14, 16, 16, 15, 15] },
	{ id: 'gender', weights: [48, 46, 3, 3] },
	{ id: 'disability', weights: [80, 20] },
	{ id: 'contact', weights: [30, 40, 20, 10] },
];

/** Schools 0 to 2 are high schools, 3 to 5 middle schools. */
export const levelNest: Nest = {
	child: 'school',
	parent: 'level',
	parentOf: {
		school0: 'high',
		school1: 'high',
		school2: 'high',
		school3: 'middle',
		school4: 'middle',
		school5: 'middle',
	},
};

/** The raw counts of every question by every attribute, and of who took part. */
export function makeDistrict(plan: DistrictPlan, params: DisclosureParams): ReleaseInput {
	const students = makeStudents(plan);
	const attributes: Attribute[] = [
		...plan.attributes.map(({ id, weights }) => ({
			id,
			groups: weights.map((_, index) => `${id}${index}`),
		})),
		{ id: 'level', groups: ['high', 'middle'] },
	];
	const questions = Array.from({ length: plan.questions }, (_, question) => question);
	return {
		participation: attributes.map((attribute) => takingPart(students, attribute, params)),
		results: questions.flatMap((question) =>
			attributes.map((attribute) => answersBy(students, attribute, { question, params })),
		),
		counts: [],
		earlier: [],
	};
}

interface Attribute {
	id: string;
	groups: string[];
}

const pool = { id: 'pool', label: 'All masked groups' };

function takingPart(
	students: readonly Student[],
	{ id, groups }: Attribute,
	params: DisclosureParams,
): ParticipationInput {
	const took = (list: readonly Student[]) => list.filter(({ tookPart }) => tookPart).length;
	return {
		id: `who by ${id}`,
		populationId: 'students',
		attributeId: id,
		responded: took(students),
		groups: groups.map((group) => {
			const members = students.filter((student) => student.groups[id] === group);
			return { id: group, label: group, enrolled: members.length, responded: took(members) };
		}),
		pool,
		params,
	};
}

/** Every third question takes several answers. */
function answersBy(
	students: readonly Student[],
	{ id, groups }: Attribute,
	{ question, params }: { question: number; params: DisclosureParams },
): ResultsInput {
	const isMultiple = question % 3 === 2;
	const options = Array.from({ length: isMultiple ? 8 : 6 }, (_, index) => `o${index}`);
	const count = (list: readonly Student[]) => {
		const answered = list.flatMap(({ tookPart, answers }) => {
			const answer = answers[question];
			return tookPart && answer !== null && answer !== undefined ? [answer] : [];
		});
		const counts = options.map((_, o) => answered.filter((answer) => answer.includes(o)).length);
		return { n: answered.length, counts };
	};
	const combinations = [
		{ id: 'agree', of: ['o3', 'o4'] },
		{ id: 'disagree', of: ['o0', 'o1'] },
	];
	return {
		id: `q${question} by ${id}`,
		populationId: 'students',
		questionId: `q${question}`,
		attributeId: id,
		isMultiple,
		options,
		combinations: isMultiple ? [] : combinations,
		total: count(students),
		groups: groups.map((group) => ({
			id: group,
			label: group,
			...count(students.filter((student) => student.groups[id] === group)),
		})),
		pool,
		params,
	};
}

function makeStudents({ seed, students, questions, skip, attributes }: DistrictPlan): Student[] {
	const random = makeRandom(seed);
	return Array.from({ length: students }, () => {
		const groups: Record<string, string | null> = {};
		for (const { id, weights } of attributes) {
			const isStated = id === 'school' || random() >= skip;
			const group = pick(weights, random());
			groups[id] = isStated ? `${id}${group}` : null;
		}
		groups['level'] = levelNest.parentOf[groups['school'] ?? ''] ?? null;
		const lean = random();
		const answers = Array.from({ length: questions }, (_, question) => {
			if (random() < skip) {
				return null;
			}
			const isMultiple = question % 3 === 2;
			const rare = question % 4 === 3 ? 3 : 1;
			return isMultiple
				? [0, 1, 2, 3, 4, 5, 6, 7].filter((option) => random() < lean / (1 + option * rare))
				: [Math.min(5, Math.floor((random() * (1 + lean) * 3) / rare))];
		});
		return { tookPart: random() < 0.8, groups, answers };
	});
}

function pick(weights: readonly number[], at: number): number {
	let rest = at * weights.reduce((sum, weight) => sum + weight, 0);
	const found = weights.findIndex((weight) => {
		rest -= weight;
		return rest < 0;
	});
	return Math.max(0, found);
}

/** A 32-bit xorshift: small, seeded, the same everywhere. */
function makeRandom(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
