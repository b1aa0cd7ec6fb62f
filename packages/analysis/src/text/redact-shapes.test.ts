import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const options = { names: ['Tyler Johnson', 'Hope Strand'], language: 'en' };

describe('redact and the postcodes of Europe', () => {
	it.each([
		'in 2022 AP classes were cut',
		'back in 2020 US history was my favorite',
		'we had 1500 IB students apply',
		'by 2024 EL kids were a third of us',
		'since 2019 BS excuses is all we get',
		'my pen pal lives in 1012 AB Amsterdam',
		'the school in 3511 LX Utrecht has no cops',
		'she wrote 9711LM on the board',
		'the exchange student is from SW1A 1AA I think',
		'he typed EC1A 1BB as a joke',
		'M1 1AE is in Manchester',
		'B33 8TH and CR2 6XH are postcodes in England',
		'our sister school is at 10115 Berlin',
		'the letter went to D-80331 München',
		'DE 10115 Berlin is where she lives now',
		'someone from 20095 Hamburg visited',
		'W1A 0AX is the BBC',
		'75001 Paris was on the poster',
		'1050 Bruxelles, that is Belgium',
		'28013 Madrid is on the map',
	])('leaves %j as it is', (text) => {
		expect(redact(text, options)).toEqual({ text, redactions: [] });
	});
});

describe('redact and what only looks like something to hide', () => {
	it.each([
		'the 2021-2022 school year',
		'AP US History, section 504, bus 17',
		'George Floyd, Rosa Parks and Martin Luther King',
		'we read about Dr. King in third hour',
		'Lincoln High School and Patrick Henry Middle School',
		'make room for 30 kids, there is no room. One more thing',
		'count with me: one two three four five six seven eight nine ten',
		'black and Brown students, White kids, Native kids',
		'I am Hmong, she is Karen, he is Puerto Rican',
		'in May, in June, in April',
		'it costs $45.50, or 150000 dollars a year',
		'my friend got suspended and the officer laughed',
		'o sea mi amigo lloró y la maestra gritó',
	])('leaves %j as it is', (text) => {
		expect(redact(text, options)).toEqual({ text, redactions: [] });
	});

	it('hides a public figure whose very name is on the list', () => {
		expect(redact('ask George Floyd', { names: ['George Floyd'], language: 'en' }).text).toBe(
			'ask [name]',
		);
		expect(redact('ask George Floyd', { names: ['George Ruiz'], language: 'en' }).text).toBe(
			'ask George Floyd',
		);
	});

	it.each([
		[['William Ash'], 'so Billy said no', 'so [name] said no'],
		[['Jayden Ash'], 'and jay was there', 'and [name] was there'],
		[['Guadalupe Ash'], 'Lupe knows', '[name] knows'],
		[['Mohamed Ash'], 'it was Mo, again', 'it was [name], again'],
		[['Peterson, Dale'], 'PETERSON AND DALE', '[name] AND [name]'],
		[['Ms. Wendelbo'], 'wendelbo is out today', '[name] is out today'],
		[['Chue Her'], 'I told her Chue Her left', 'I told her [name] left'],
		[['Christian Price'], 'the price is wrong, Price said', 'the price is wrong, [name] said'],
		[['Ms. Sharp'], 'ms sharp is sharp', 'ms [name] is sharp'],
		[['Max Good'], 'max good was good at it', '[name] was good at it'],
		[
			['Maria de los Angeles Soto'],
			'maria de los angeles is not in Los Angeles',
			'[name] is not in Los Angeles',
		],
		[['王小明'], '我跟王小明和小明说话', '我跟[name]和[name]说话'],
	])('with the list %j turns %j into %j', (names, text, expected) => {
		expect(redact(text, { names, language: 'en' }).text).toBe(expected);
	});
});

describe('redact takes no longer than a long text is long', () => {
	it.each([
		['digits', '1 2 3 4 5 6 7 8 9 0 '],
		['digits run together', '1234567890'],
		['number words', 'two one eight five '],
		['capitals', 'Aa '],
		['initials', 'A.B-'],
		['names', 'Tyler Johnson and '],
		['titles', 'Mr. Mr. Officer '],
		['dots', 'a dot b dot '],
		['ats', 'a@a.a at b '],
		['streets', '12 Oak Elm Ash '],
		['lives at', 'i live at at at '],
		['id is', 'id is is number: '],
		['born on', 'born on the of may '],
		['underscores', 'a underscore b '],
		['apostrophes', "O'O'O'O' "],
		['one letter', 'a'],
		['spaces', ' '],
		['hyphens', 'a-b-'],
		['zip', 'zip code is so '],
		['calle', 'calle de la de la '],
		['rooms', 'gym by 2140 '],
		['places', 'gym by office over by '],
	])('made of %s', (_, piece) => {
		const cost = (length: number): number => {
			const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
			const start = process.cpuUsage();
			redact(text, options);
			const { user, system } = process.cpuUsage(start);
			return (user + system) / 1000;
		};
		cost(5_000);
		const short = Math.max(cost(20_000), 5);

		// Five times the text takes about five times as long; quadratic would be twenty-five.
		expect(cost(100_000) / short).toBeLessThan(14);
	});
});

describe('redact, once done,', () => {
	it('finds nothing more in what it left, whatever is said', () => {
		const piece = fc.constantFrom(
			...`Will Hope Mark Jordan Zyaire zyaire Tyler Johnson Peterson Brown Lincoln High School may May my
			Officer officer Ms. mr B is named called said told me and I friend kid with in to the this , . ? : ' "
			George Floyd Jesus ROOM room gym by 204 one two three five at dot com gmail zip 55802 live 412 Pine street
			born on March 3rd id number 40021873 @jay_1 snap: de la Hmong See Mai que los ella dan اسمي محمد و حسن
			's ' - J A A.J. TJ El`
				.trim()
				.split(/\s+/u),
		);
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
				const once = redact(pieces.join(' '), options).text;
				expect(redact(once, options).text).toBe(once);
			}),
			{ numRuns: 3000 },
		);
		expect.hasAssertions();
	});
});
