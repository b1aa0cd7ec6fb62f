import { expect, test } from 'vitest';
import { evaluateExpression } from './evaluate.ts';

const answers = { S05: 'seen', S16: ['groups', 'role'], blank: '', age: '13', day: '2026-11-23' };
const environment = { now: new Date('2026-11-23T05:30:00Z'), tz: 'America/Chicago' };

test.each([
	["${S05} = 'name' or ${S05} = 'seen'", true, 'boolean'],
	["selected(${S16}, 'groups')", true, 'boolean'],
	["selected(${S16}, 'group')", false, 'boolean'],
	['count-selected(${S16})', 2, 'number'],
	["${missing} = ''", true, 'boolean'],
	['count-selected(${blank})', 0, 'number'],
	['${age} + 1', 14, 'number'],
	['${age} > 12', true, 'boolean'],
	['${age} = 13', true, 'boolean'],
	["${age} = '13.0'", false, 'boolean'],
	["coalesce(${blank}, ${S05}, 'x')", 'seen', 'string'],
	["if(${age} >= 13, 'teen', 'child')", 'teen', 'string'],
	['1 div 0', 'Infinity', 'number'],
	['-1 div 0', '-Infinity', 'number'],
	["number('x')", 'NaN', 'number'],
	['0 * -1', 0, 'number'],
	['today()', '2026-11-22', 'date'],
	['now()', '2026-11-22T23:30:00.000-06:00', 'date'],
	['${day} > today()', true, 'boolean'],
	["format-date(${day}, '%A %e %B %Y')", 'Monday 23 November 2026', 'string'],
	['date(${blank})', '', 'string'],
	["regex(${age}, '[0-9]{2}')", true, 'boolean'],
	['round(1.005, 2)', 1.01, 'number'],
	["string-length('😀')", 1, 'number'],
])('%s is %j, a %s', (source, value, type) => {
	expect(evaluateExpression(source, answers, environment)).toEqual({ value, type });
});

test.each([
	['explode()', 0, 'no function explode()'],
	["1 = if(true(), 'a')", 4, 'if() takes 3 arguments, not 2.'],
	['true(5)', 0, 'true() takes no arguments, not 1.'],
	['true() and today()', 11, 'need a clock'],
	["regex('a', '(')", 0, 'character 1 of the pattern'],
	['1 +', 3, 'ends where a value'],
])('%s is an error at %i', (source, position, message) => {
	const result = evaluateExpression(source, {}, {});
	expect(result).toMatchObject({ error: { position } });
	expect('error' in result && result.error.message).toContain(message);
});

test('an error that is not reached is none', () => {
	expect(evaluateExpression('true() or explode()', {}, {})).toEqual({
		value: true,
		type: 'boolean',
	});
});

test('an unknown time zone is an error', () => {
	const result = evaluateExpression('1', {}, { tz: 'Mars/Olympus' });
	expect(result).toMatchObject({ error: { message: "'Mars/Olympus' is not a known time zone." } });
});

test.each(['constructor', '__proto__', 'toString'])(
	'%s is only a name without an answer',
	(name) => {
		expect(evaluateExpression('${' + name + '}', {}, {})).toEqual({ value: '', type: 'string' });
	},
);

test('the point stands for the answer of the question itself', () => {
	expect(evaluateExpression('. > 3', {}, { self: '4' })).toEqual({ value: true, type: 'boolean' });
	expect(evaluateExpression("once('new')", {}, { self: 'old' })).toEqual({
		value: 'old',
		type: 'string',
	});
});

test('a value is converted on request', () => {
	expect(evaluateExpression('2 + 4', {}, { as: 'string' })).toEqual({ value: '6', type: 'string' });
	expect(evaluateExpression("'x'", {}, { as: 'boolean' })).toEqual({
		value: true,
		type: 'boolean',
	});
});

test('a long expression is evaluated without running out of stack', () => {
	const source = Array.from({ length: 1000 }, () => '1').join(' + ');
	expect(evaluateExpression(source, {}, {})).toEqual({ value: 1000, type: 'number' });
});
