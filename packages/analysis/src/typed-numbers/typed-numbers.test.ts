import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeNumbers, type JudgedField } from './index.ts';

const shown = {
	shares: [
		{ text: '57%', low: 57, high: 57 },
		{ text: '50–59%', low: 50, high: 59 },
		{ text: '≤5%', low: 0, high: 5 },
		{ text: '21%', low: 21, high: 21 },
	],
	people: ['1340', '100-299'],
};
const judge = (sentence: string, field: JudgedField = 'finding') =>
	judgeNumbers(sentence, { field, shown }).map(({ verdict, words }) => `${verdict}: ${words}`);

describe('a finding', () => {
	test.each([
		['3 students of Old Mill said no.', 'refused: 3 students'],
		['Three students of Old Mill said no.', 'refused: Three students'],
		['More than half, 57%, agree and 800 students said so.', 'refused: 800 students'],
		['1,339 students answered.', 'refused: 1,339 students'],
		['A dozen students at Granite Point want the officer gone.', 'refused: A dozen students'],
		['Twenty-three Black students were asked for a pass.', 'refused: Twenty-three Black students'],
		[
			'Two of the American Indian students said otherwise.',
			'refused: Two of the American Indian students',
		],
		['One student at Old Mill disagrees.', 'refused: One student'],
		['Only one student disagrees.', 'refused: one student'],
		['Three said no.', 'refused: Three said'],
		['12 did not answer.', 'refused: 12 did'],
		['A couple of girls feel watched.', 'refused: A couple of girls'],
		['4 seniors skipped the question.', 'refused: 4 seniors'],
		['3 ninth graders said no.', 'refused: 3 ninth graders'],
		['Three 14-year-old students said no.', 'refused: Three 14-year-old students'],
		['One hundred and five students said so.', 'refused: One hundred and five students'],
		['No students of Old Mill said no.', 'refused: No students'],
		['Not a single girl agrees.', 'refused: Not a single girl'],
		['Nobody at Old Mill said yes.', 'refused: Nobody'],
		['Not one student in grade 12 agreed.', 'refused: Not one student'],
		['3 answers from Old Mill are about it.', 'refused: 3 answers'],
		['None of the girls at Old Mill agree.', 'refused: None of the girls'],
		['48% agree.', 'refused: 48%'],
		['5% do every day.', 'refused: 5%'],
		['Exactly 1,5 per cent do.', 'refused: 1,5%'],
		['Between 50–60% talk every week.', 'refused: 50–60%'],
		['3 of 14 students in grade 12 said no.', 'refused: 3 of 14'],
		['One in three Somali students said no.', 'refused: One in three'],
		['A third of the 12th graders disagree.', 'refused: A third'],
		['(n = 3) said so', 'refused: n = 3'],
		['Tres estudiantes de Old Mill dijeron que no.', 'refused: Tres estudiantes'],
		['Once estudiantes dijeron que no.', 'refused: Once estudiantes'],
		['El 48 por ciento está de acuerdo.', 'refused: 48%'],
		['٣ طلاب من أولد ميل قالوا لا.', 'refused: 3 طلاب'],
		['ثلاثة طلاب قالوا لا.', 'refused: ثلاثة طلاب'],
		['قال طالبان لا.', 'refused: طالبان'],
		['٤٨٪ يوافقون.', 'refused: 48%'],
		['３ students said no.', 'refused: 3 students'],
	])('cannot say what no chart shows: %s', (sentence, expected) => {
		expect(judge(sentence)).toEqual([expected]);
	});

	test.each([
		'More than half, 57%, agree.',
		'Over half of the students agree.',
		'Between 50-59% talk every week, ≤5% every day.',
		'1,340 students answered; ١٣٤٠ طالباً أجابوا.',
		'About one in five say so.',
		'Some students, many of them in grade 9, talk to nobody.',
		'Students in grades 9–10 say so, since 2025.',
		'Students in grades 9, 10 and 11 feel it from 7:30 to 8 am.',
		'Grade 9 students want 24 hours of notice and 2 meetings a year.',
		'The 9th graders and students aged 14 to 18 agree with statement 3 of section 2.',
		'Which of the two it is differs by race.',
		'Those who tried often say that no one came back to them.',
		'One thing stands out: one-on-one talks.',
		'On March 2, 2026, and on 2026-03-20, students asked for it.',
		'A student said “I was stopped 3 times, and three students saw it”.',
		'One student said “I was stopped 3 times”.',
		'In the second half of the year a quarter-hour is enough.',
		'They pay $5 or 20 dollars.',
		'Students named other groups at least once.',
		'The class of 2026 and the 2025-26 school year.',
	])('passes without a word: %s', (sentence) => {
		expect(judge(sentence)).toEqual([]);
	});

	test.each([
		['About 70 talked with the officer.', 'doubtful: 70'],
		['A third of the students agree.', 'doubtful: A third'],
		['Hundreds of students say so.', 'doubtful: Hundreds of students'],
		['No student feels safer.', 'doubtful: No student'],
		['All students at Old Mill said yes.', 'doubtful: All students'],
		['The mean is 3.4.', 'doubtful: 3.4'],
		['One of them was afraid.', 'doubtful: One of them'],
	])('leaves what is uncertain to people: %s', (sentence, expected) => {
		expect(judge(sentence)).toEqual([expected]);
	});
});

describe('a recommendation', () => {
	test.each<[JudgedField, string]>([
		['goal', 'at least 80%'],
		['goal', '>= 1 per group per semester'],
		['goal', '3 / 6 / 45'],
		['goal', '100% by first student day'],
		['goal', '2027-01-31'],
		['goal', '0'],
		['goal', 'by May 31'],
		['goal', 'within 30 days'],
		['goal', 'at least 50 students a year'],
		[
			'proposal',
			'Acknowledged in 3 school days, routed to the right agency in 3 more, answered within 45 days.',
		],
		['proposal', 'Cost out two other staffing models, with the savings moved to student support.'],
		['proposal', 'Review incident data every month and by level every quarter.'],
		['proposal', 'Review it with one agreed list of fields, three named contacts.'],
		['proposal', 'Three student groups and two student seats; no student is searched alone.'],
		['proposal', 'At least half of the students know their officer.'],
		['remark', 'Two members prefer keeping present hours and say so in the minutes.'],
		['remark', 'What students said, spring 2026'],
	])('passes without a word (%s): %s', (field, sentence) => {
		expect(judge(sentence, field)).toEqual([]);
	});

	test.each<[JudgedField, string, string]>([
		['proposal', 'Listen, because 3 students of Old Mill said no.', 'refused: 3 students'],
		['proposal', 'Do it, for 43% of students want it.', 'refused: 43%'],
		['proposal', 'Two students sit on the panel.', 'doubtful: Two students'],
		['goal', 'the 12 girls who said no', 'refused: 12 girls'],
		['proposal', 'Do it: 43 said so.', 'refused: 43 said'],
		['proposal', 'A vote without 2 students is refused.', 'doubtful: 2 students'],
		['remark', 'Only 43% agree.', 'refused: 43%'],
		['remark', '3 students of Old Mill', 'refused: 3 students'],
		['remark', 'It would cost 43% more.', 'doubtful: 43%'],
	])('is stopped (%s): %s', (field, sentence, expected) => {
		expect(judge(sentence, field)).toEqual([expected]);
	});
});

test('any sentence of numbers and words is judged without failing, and always the same', () => {
	const part = fc.constantFrom(
		...['3', 'three', 'half', 'of', 'the', 'students', 'Old', 'Mill', '%', '–', '(', 'no', 'one'],
		...['in', 'said', 'a', 'dozen', 'grade', '1,340', '٣', 'طلاب', '“', '”', '.', '2026', 'n', '='],
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 14 }), fc.constantFrom(' ', ''), (parts, space) => {
			const sentence = parts.join(space);
			expect(judge(sentence)).toEqual(judge(sentence));
			for (const { words } of judgeNumbers(sentence, { field: 'finding', shown })) {
				expect(words).not.toBe('');
			}
		}),
	);
});

test('a count of students of a place is refused whatever stands around it', () => {
	const count = fc.oneof(
		fc.integer({ min: 1, max: 99 }).map(String),
		fc.constantFrom('three', 'Twelve', 'a dozen'),
	);
	const group = fc.constantFrom(
		'students of Old Mill',
		'Black students',
		'girls',
		'of the seniors',
	);
	const before = fc.constantFrom('', 'Only ', 'We heard that ', 'In 2026, ', 'Some disagree: ');
	const after = fc.constantFrom(
		' said no.',
		' disagree',
		', mostly quiet ones.',
		' feel watched; others do not.',
	);
	fc.assert(
		fc.property(before, count, group, after, (...parts) => {
			const sentence = `${parts[0]}${parts[1]} ${parts[2]}${parts[3]}`;
			const stated = parts[1] === '1' ? sentence.replace('students', 'student') : sentence;
			expect(judge(stated)[0]).toMatch(/^refused/u);
		}),
	);
});
