import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointSlice } from './fold.ts';
import { redact } from './redact.ts';

const NAMES = [
	'Will',
	'Mark',
	'Hope Lindqvist',
	'Tyler Johnson',
	'Jaylen',
	'Ana María Ruiz',
	'José',
	'Anne-Marie',
];
const options = { names: NAMES, language: 'en' };

describe('redact', () => {
	it.each([
		['call 218-555-0142 now', 'call [phone] now'],
		['(218) 555-0142', '[phone]'],
		['+1 218 555 0142', '[phone]'],
		['555-0142', '[phone]'],
		['SSN 123-45-6789', 'SSN [id]'],
		['student id 40021873', 'student id [id]'],
		['my lunch number is 445512', 'my lunch number is [id]'],
		['🙂 jay.r+x@mail.example.org!', '🙂 [email]!'],
		['dm @jaylen_23.', 'dm [handle].'],
		['snap: jay_r22', 'snap: [handle]'],
		['412 Pine Street, Duluth, MN 55802', '[address], Duluth, MN [zip]'],
		['I live at 1420 N. 5th Ave, Apt 3', 'I live at [address]'],
		['9 oak lane', '[address]'],
		['Officer Peterson grabbed Jaylen', 'Officer [name] grabbed [name]'],
		['Ms. Olson in room 204', 'Ms. [name] in [room]'],
		['tyler hit me', '[name] hit me'],
		["Tyler Johnson's phone, tyler’s dog", "[name]'s phone, [name]’s dog"],
		['Everyone calls me Jordan', 'Everyone calls me [name]'],
		['Hope Lindqvist hopes', '[name] hopes'],
		['Ana\u00a0María  Ruiz y yo', '[name] y yo'],
		['my name is jordan and i hate it', 'my name is [name] and i hate it'],
		['Me llamo Ana María y tengo 15', 'Me llamo [name] y tengo 15'],
		['اسمي محمد وأنا', 'اسمي [name] وأنا'],
		['josé me ayudó', '[name] me ayudó'],
		['jose\u0301 me ayudó', '[name] me ayudó'],
		['anne-marie said', '[name] said'],
		['I saw Will at lunch', 'I saw [name] at lunch'],
		['I was born on 3/14/2009', 'I was born on [birth_date]'],
		['nací el 5 de mayo de 2008', 'nací el [birth_date]'],
	])('turns %j into %j', (text, expected) => {
		expect(redact(text, options).text).toBe(expected);
	});

	it.each([
		'I will mark my hope on it',
		'Will you listen? Mark my words. Hope so.',
		'WILL THEY LISTEN',
		'my name is not important',
		'they call me names, I asked them to call me after request',
		'which Dr I see',
		'in 2022 AP classes, back in 2020 US history',
		'1500 students and 300 street fights',
		'at 7:30 on 10/12/2024, 3-4 times, 1,200 kids, $100000',
		'there are 20 kids in our way',
		'willing, marked, hopeful, Tylers',
		'[name] and [phone] are already hidden, ask [name]',
	])('leaves %j as it is', (text) => {
		expect(redact(text, options)).toEqual({ text, redactions: [] });
	});

	it('gives offsets in code points of the text it was given', () => {
		const text = '🙂🙂 Jaylen: 218-555-0142 — jaylen@example.com';
		const { redactions } = redact(text, options);
		expect(redactions.map(({ start, end }) => codePointSlice(text, start, end))).toEqual([
			'Jaylen',
			'218-555-0142',
			'jaylen@example.com',
		]);
		expect(redactions.map(({ kind }) => kind)).toEqual(['name', 'phone', 'email']);
	});

	it('rebuilds its text from the spans, leaves nothing else changed, and is done after once', () => {
		const piece = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 10 }),
			fc.constantFrom(
				' Jaylen ',
				' 218-555-0142 ',
				' room 12 ',
				' @me_1 ',
				' a@b.co ',
				'🙂',
				'[',
				']',
			),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const text = pieces.join('');
				const { text: redacted, redactions } = redact(text, options);
				const points = [...text];
				let rebuilt = '';
				let at = 0;
				for (const { start, end, kind } of redactions) {
					expect(start).toBeGreaterThanOrEqual(at);
					expect(end).toBeGreaterThan(start);
					rebuilt += `${points.slice(at, start).join('')}[${kind}]`;
					at = end;
				}
				expect(rebuilt + points.slice(at).join('')).toBe(redacted);
				expect(redact(redacted, options).text).toBe(redacted);
			}),
		);
		expect.hasAssertions();
	});

	it('takes names with marks that mean something in a pattern', () => {
		expect(redact('ask A.J. (x)', { names: ['A.J.', '(x', '[', ''], language: 'en' }).text).toBe(
			'ask [name]. (x)',
		);
	});
});
