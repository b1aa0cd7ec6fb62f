/** Invented chart models for tests and the gallery: every kind of cell a chart can meet. */
import type {
	Cell,
	EvidenceChain,
	GroupsChart,
	LikertChart,
	OptionsChart,
	ParticipationChart,
	PeopleCount,
	QuoteCard,
	ThemesChart,
} from '@throughline/analysis/charts';

const hidden: Cell = { type: 'hidden' };

/** A cell that states one number. */
export function at(value: number): Cell {
	return { type: 'shown', figure: { text: `${value}%`, low: value, high: value } };
}

/** A cell that states a range: `50–59%`, `≤20%`, `≥95%`. */
export function within(low: number, high: number): Cell {
	return { type: 'shown', figure: { text: rangeWords(low, high), low, high } };
}

function rangeWords(low: number, high: number): string {
	if (low === 0) {
		return `≤${high}%`;
	}
	return high === 100 ? `≥${low}%` : `${low}–${high}%`;
}

const exact = (n: number): PeopleCount => ({ type: 'exact', n });
const band = (words: string): PeopleCount => ({ type: 'band', band: words });
const share = (value: number) => ({ text: `${value}%`, low: value, high: value });

const survey = {
	population: 'Students in grades 9–12, December 2025',
	people: exact(812),
	notes: ['Answers that were left out or declined are not part of the shares.'],
};

export const participation: ParticipationChart = {
	...survey,
	kind: 'participation',
	id: 'who-took-part',
	title: 'Grade 12 is under-heard: one in ten who answered, one in five who is enrolled',
	measure: 'Who answered the student survey, beside who is enrolled',
	summary: '812 of 2,550 students answered. Grade 12 makes up 11% of them and 21% of all students.',
	csvUrl: '/csv/who-took-part',
	attributes: [
		{
			id: 'grade',
			label: 'Grade',
			rows: [
				{ id: '9', label: 'Grade 9', enrolled: share(27), tookPart: at(28), gap: null },
				{ id: '10', label: 'Grade 10', enrolled: share(26), tookPart: at(27), gap: null },
				{ id: '11', label: 'Grade 11', enrolled: share(26), tookPart: at(26), gap: null },
				{
					id: '12',
					label: 'Grade 12',
					enrolled: share(21),
					tookPart: at(11),
					gap: 'Under-heard: 11% here, 21% enrolled',
				},
			],
		},
		{
			id: 'race',
			label: 'Race and ethnicity, as students named it themselves',
			rows: [
				{
					id: 'ai',
					label: 'American Indian or Anishinaabe',
					enrolled: share(4),
					tookPart: within(0, 5),
					gap: null,
				},
				{ id: 'as', label: 'Asian or Hmong', enrolled: share(3), tookPart: hidden, gap: null },
				{
					id: 'bl',
					label: 'Black or African American',
					enrolled: share(9),
					tookPart: within(5, 9),
					gap: null,
				},
				{ id: 'wh', label: 'White', enrolled: share(69), tookPart: within(70, 74), gap: null },
			],
		},
	],
};

export const likert: LikertChart = {
	...survey,
	kind: 'likert',
	id: 'safety',
	title: 'Most students feel safe at school; half would not go to the officer for help',
	measure: 'How much do you agree with each sentence?',
	summary: 'I feel safe at my school: 61% agree, 18% not sure, 21% disagree, 812 people.',
	csvUrl: '/csv/safety',
	steps: [
		{ id: 'sd', label: 'Strongly disagree', side: 'disagree' },
		{ id: 'd', label: 'Disagree', side: 'disagree' },
		{ id: 'a', label: 'Agree', side: 'agree' },
		{ id: 'sa', label: 'Strongly agree', side: 'agree' },
	],
	rows: [
		{
			id: 's01',
			label: 'I feel safe at my school.',
			people: exact(812),
			cells: [at(8), at(13), at(40), at(21)],
			notSure: at(18),
			agree: at(61),
			disagree: at(21),
		},
		{
			id: 's02',
			label: 'If I had a problem, I would go to the School Resource Officer for help.',
			people: exact(798),
			cells: [at(29), at(22), at(19), at(5)],
			notSure: at(25),
			agree: at(24),
			disagree: at(51),
		},
		{
			id: 's03',
			label: 'Students of every background are treated the same when a rule is broken.',
			people: band('20-39'),
			cells: [within(20, 39), hidden, hidden, within(0, 20)],
			notSure: within(0, 20),
			agree: within(30, 39),
			disagree: within(50, 59),
		},
		{
			id: 's04',
			label: 'I know what the officer may and may not do.',
			people: { type: 'hidden' },
			cells: [hidden, hidden, hidden, hidden],
			notSure: hidden,
			agree: hidden,
			disagree: hidden,
		},
	],
};

export const likertWithMiddle: LikertChart = {
	...likert,
	id: 'middle',
	title: 'Opinions on the hallway cameras are split',
	steps: [
		{ id: 'd', label: 'Disagree', side: 'disagree' },
		{ id: 'n', label: 'Neither', side: 'neutral' },
		{ id: 'a', label: 'Agree', side: 'agree' },
	],
	rows: [
		{
			id: 's05',
			label: 'Cameras in the hallways make me feel safer.',
			people: exact(640),
			cells: [at(31), at(20), at(36)],
			notSure: at(13),
			agree: at(36),
			disagree: at(31),
		},
	],
};

export const options: OptionsChart = {
	...survey,
	kind: 'options',
	id: 'help',
	title: 'Students turn to friends and family first',
	measure: 'If something happened to you at school, who would you tell?',
	summary: 'Friends were named by 64%, a parent or guardian by 58%, the officer by 9%.',
	csvUrl: '/csv/help',
	isMultiple: true,
	rows: [
		{ id: 'friend', label: 'A friend', cell: at(64) },
		{ id: 'parent', label: 'A parent, guardian or someone at home', cell: at(58) },
		{ id: 'counselor', label: 'A counselor or social worker', cell: within(20, 24) },
		{ id: 'officer', label: 'The School Resource Officer', cell: at(9) },
		{ id: 'elder', label: 'An elder or cultural advisor', cell: hidden },
		{ id: 'nobody', label: 'No one', cell: at(7) },
	],
};

export const themes: ThemesChart = {
	...survey,
	kind: 'themes',
	id: 'themes',
	title: 'Trust is what students write about most, before safety',
	measure: 'What should adults know about safety at your school?',
	people: exact(540),
	summary: '“Trust and relationships” is in 38% of 540 answers, “Fair treatment” in 29%.',
	csvUrl: '/csv/themes',
	unit: 'answers',
	rows: [
		{
			id: 'trust',
			label: 'Trust and relationships',
			definition: 'Being able to talk to an adult and be believed.',
			cell: at(38),
			range: { low: 34, high: 42 },
			url: '/themes/trust',
		},
		{
			id: 'fair',
			label: 'Fair treatment',
			definition: 'The same rule, the same consequence, whoever you are.',
			cell: at(29),
			range: { low: 25, high: 33 },
			url: '/themes/fair',
		},
		{
			id: 'role',
			label: 'What the officer is for',
			definition: 'When an officer should and should not step in.',
			cell: at(22),
			range: { low: 18, high: 26 },
			url: '/themes/role',
		},
		{
			id: 'mental',
			label: 'Mental health support',
			definition: 'Counselors, waiting times, being listened to.',
			cell: within(10, 14),
			range: null,
			url: '/themes/mental',
		},
		{
			id: 'bus',
			label: 'On the bus',
			definition: 'Safety on the way to and from school.',
			cell: hidden,
			range: null,
			url: null,
		},
	],
};

export const groups: GroupsChart = {
	...survey,
	kind: 'groups',
	id: 'themes-by-school',
	title: 'Fair treatment is raised most at Granite Point',
	measure: 'Themes in open answers, by school',
	summary: 'Fair treatment: 36% at Granite Point, 24% at Tamarack Ridge, 17% at Lakeview.',
	csvUrl: '/csv/themes-by-school',
	groupLabel: 'School',
	groups: [
		{ id: 'trh', label: 'Tamarack Ridge High School', people: band('100-299') },
		{ id: 'gph', label: 'Granite Point High School', people: band('100-299') },
		{ id: 'lv', label: 'Lakeview Middle School', people: band('40-99') },
		{ id: 'alc', label: 'Harbor Learning Center', people: { type: 'hidden' } },
	],
	rows: [
		{
			id: 'trust',
			label: 'Trust and relationships',
			cells: [at(41), at(37), at(33), hidden],
			url: '/themes/trust',
		},
		{
			id: 'fair',
			label: 'Fair treatment',
			cells: [at(24), at(36), at(17), hidden],
			url: '/themes/fair',
		},
		{
			id: 'role',
			label: 'What the officer is for',
			cells: [at(19), at(52), within(0, 10), hidden],
			url: '/themes/role',
		},
		{
			id: 'mental',
			label: 'Mental health support',
			cells: [at(12), hidden, at(7), hidden],
			url: null,
		},
	],
};

export const manyGroups: GroupsChart = {
	...groups,
	id: 'many-groups',
	title: 'Nine groups do not fit side by side',
	groups: Array.from({ length: 9 }, (_, index) => ({
		id: `g${index + 1}`,
		label: `Group ${index + 1}`,
		people: band('40-99'),
	})),
	rows: groups.rows.slice(0, 2).map((row) => ({
		...row,
		cells: Array.from({ length: 9 }, (_, index) => (index === 4 ? hidden : at(5 + 7 * index))),
	})),
};

export const quotes: QuoteCard[] = [
	{
		id: 'quote-118',
		text: 'The officer at the front door knows my name and I know his. When something happened I told him first, and he told me what would happen next. That is all I wanted.',
		language: 'en',
		direction: 'ltr',
		attribution: 'Student, grades 9–10, Granite Point High School',
		themes: [
			{ id: 'trust', label: 'Trust and relationships' },
			{ id: 'role', label: 'What the officer is for' },
		],
		isEditedForPrivacy: false,
		hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	},
	{
		id: 'quote-204',
		text: 'Two kids fight, one gets a talk in the office and one gets a ticket. […] Everyone in the hallway knows which one it will be.',
		language: 'en',
		direction: 'ltr',
		attribution: 'Student, grades 11–12',
		themes: [{ id: 'fair', label: 'Fair treatment' }],
		isEditedForPrivacy: true,
		hash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
	},
	{
		id: 'quote-311',
		text: 'أشعر بالأمان عندما يعرف الكبار اسمي ويسألونني عن يومي.',
		language: 'ar',
		direction: 'rtl',
		attribution: 'Student, grades 6–8',
		themes: [{ id: 'trust', label: 'Trust and relationships' }],
		isEditedForPrivacy: false,
		hash: 'fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13',
	},
];

export const chain: EvidenceChain = {
	recommendation: {
		id: 'r4',
		key: 'R4',
		category: 'Agreement between district and city',
		text: 'School discipline stays with school staff. An officer steps in only when there is a threat of serious harm.',
		status: 'approved by the advisory team',
	},
	findings: [
		{
			id: 'f1',
			sentence:
				'Students see the same behavior lead to different consequences, and say race decides which.',
			charts: [{ id: 'safety', title: 'Half would not go to the officer for help' }],
			themes: [
				{ id: 'fair', label: 'Fair treatment', cell: at(29) },
				{ id: 'role', label: 'What the officer is for', cell: at(22) },
			],
			quotes: quotes.slice(1, 2),
			minorityView: 'Some students, most of them in grade 9, say rules are applied evenly.',
		},
		{
			id: 'f2',
			sentence: 'Where students know the officer by name, they report problems earlier.',
			charts: [],
			themes: [{ id: 'trust', label: 'Trust and relationships', cell: hidden }],
			quotes: [...quotes.slice(0, 1), ...quotes.slice(2)],
			minorityView: null,
		},
	],
	clause: {
		id: 'c31',
		label: 'Section 3.1, School discipline',
		text: 'The officer shall not be asked to enforce school rules. School administrators decide and carry out discipline.',
	},
	clauseHint: 'Section 3, Duties of the officer',
};

export const chainWithoutClause: EvidenceChain = {
	...chain,
	recommendation: { ...chain.recommendation, id: 'r7', key: 'R7' },
	findings: chain.findings.slice(1).map((finding) => ({ ...finding, quotes: [] })),
	clause: null,
};
