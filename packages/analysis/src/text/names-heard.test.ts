import { expect, it } from 'vitest';
import { namesHeard } from './names-heard.ts';
import { redact } from './redact.ts';

const options = { names: [], language: 'en' };

it('a name one turn gives away is found in the others', () => {
	const turns = ['this kid named zyaire came in', 'and off zyaire goes', 'Zyaire, again'];
	const names = namesHeard(turns, options);

	expect(names).toEqual(['zyaire']);
	expect(redact('and off zyaire goes', { names, language: 'en' }).text).toBe('and off [name] goes');
});

it('a word that turns with capitals write without one is no name heard', () => {
	expect(namesHeard(['I told Blorping', 'We were blorping all day.'], options)).toEqual([]);
	expect(namesHeard(['', 'nobody is named here'], options)).toEqual([]);
});
