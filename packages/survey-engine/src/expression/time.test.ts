import { expect, test } from 'vitest';
import { formatInstant, parseInstant, parseTimeOfDay, startOfDay } from './time.ts';

test.each([
	['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
	['2026-11-23', 'America/Chicago', '2026-11-23T06:00:00.000Z'],
	['2026-07-01', 'America/Chicago', '2026-07-01T05:00:00.000Z'],
	['2026-11-23T10:20', 'America/Chicago', '2026-11-23T16:20:00.000Z'],
	['2026-11-23T10:20:30.5Z', 'America/Chicago', '2026-11-23T10:20:30.500Z'],
	['2026-11-23T10:20:30+05:30', 'UTC', '2026-11-23T04:50:30.000Z'],
	// Clocks go back at 2:00 on 2026-11-01: the day has 25 hours.
	['2026-11-01', 'America/Chicago', '2026-11-01T05:00:00.000Z'],
	['2026-11-02', 'America/Chicago', '2026-11-02T06:00:00.000Z'],
	['2026-11-01T03:00', 'America/Chicago', '2026-11-01T09:00:00.000Z'],
])('%s in %s is the instant %s', (text, tz, instant) => {
	expect(parseInstant(text, tz)).toBe(Date.parse(instant));
});

test.each([
	'',
	'tomorrow',
	'2026-02-30',
	'2026-13-01',
	'2026-1-1',
	'2026-11-23T25:00',
	'2026-11-23T10:60',
	'2026-11-23T10:00+07:60',
])('%j is not a date', (text) => {
	expect(parseInstant(text, 'UTC')).toBeNaN();
});

test('a moment at midnight is written as a date, any other with its time and offset', () => {
	expect(formatInstant(Date.parse('2026-07-01T05:00:00Z'), 'America/Chicago')).toBe('2026-07-01');
	expect(formatInstant(Date.parse('2026-07-01T00:00:00Z'), 'America/Chicago')).toBe(
		'2026-06-30T19:00:00.000-05:00',
	);
	expect(formatInstant(Date.parse('2026-07-01T12:00:00Z'), 'Asia/Kolkata')).toBe(
		'2026-07-01T17:30:00.000+05:30',
	);
});

test('a day begins at midnight where it is', () => {
	const evening = Date.parse('2026-11-02T03:00:00Z');
	expect(new Date(startOfDay(evening, 'America/Chicago')).toISOString()).toBe(
		'2026-11-01T05:00:00.000Z',
	);
});

test('a time of day is a fraction of the day', () => {
	expect(parseTimeOfDay('06:00', 'UTC')).toBe(0.25);
	expect(parseTimeOfDay('2026-11-23T18:00:00Z', 'UTC')).toBe(0.75);
	expect(parseTimeOfDay('24:00', 'UTC')).toBeNaN();
});
