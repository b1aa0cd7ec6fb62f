import { describe, expect, it } from 'vitest';
import { readSample } from './read-sample.ts';

const sample = readSample();
const themes = sample.codebook.groups.flatMap((group) => group.themes);
const phrases = Object.values(sample.phrases).flat();
const themeKeys = new Set(themes.map(({ key }) => key));
const siteKeys = new Set(sample.sites.map(({ key }) => key));

describe('the sample engagement', () => {
	it('has the parts that the fictional project tells of', () => {
		const seats = sample.advisoryTeam.seats.reduce((sum, { count }) => sum + count, 0);

		expect(sample.sites.map(({ key }) => key)).toEqual(['trh', 'gph', 'oml', 'bhm', 'hbm', 'qrm']);
		expect(sample.codebook.groups).toHaveLength(5);
		expect(themes).toHaveLength(18);
		expect(sample.recommendations).toHaveLength(10);
		expect(sample.engagement.milestones).toHaveLength(14);
		expect(sample.engagement.studentGroups).toHaveLength(8);
		// Eight of the winter, and one that is to come.
		expect(sample.engagement.dialogSessions).toHaveLength(9);
		expect(sample.engagement.mandate.directives).toHaveLength(2);
		expect(seats).toBe(16);
	});

	it.each(sample.sites)('counts every student of $name once by race and by grade', (site) => {
		const { total, byRace, byGrade } = site.enrollment;
		const sum = (counts: Record<string, number>) =>
			Object.values(counts).reduce((all, n) => all + n, 0);

		expect(sum(byRace)).toBe(total);
		expect(sum(byGrade)).toBe(total);
		expect(Object.keys(byGrade)).toEqual(site.grades);
	});

	it('names only sites, groups and seats that exist', () => {
		const { studentGroups, dialogSessions } = sample.engagement;
		const groupKeys = studentGroups.map(({ key }) => key);
		const seats = sample.advisoryTeam.seats.map(({ seat }) => seat);

		expect(siteKeys).toEqual(new Set([...siteKeys, ...studentGroups.map(({ site }) => site)]));
		for (const { group, site } of dialogSessions) {
			expect(groupKeys).toContain(group);
			expect(siteKeys).toContain(site);
		}
		for (const { site, seat } of sample.people) {
			expect([...siteKeys, null]).toContain(site);
			expect([...seats, null]).toContain(seat);
		}
	});

	it('has a person for every role with an account, a second coder and a second approver', () => {
		const count = (role: string) => sample.people.filter((each) => each.role === role).length;
		const withAccount = sample.roles.filter(({ hasAccount }) => hasAccount);

		expect(withAccount).toHaveLength(8);
		for (const { key } of withAccount) {
			expect(count(key)).toBeGreaterThanOrEqual(1);
		}
		expect(count('coder')).toBe(2);
		expect(count('data_steward')).toBe(2);
		expect(count('advisory_member')).toBe(3);
		expect(sample.people.every(({ email }) => email.endsWith('@example.org'))).toBe(true);
		expect(new Set(sample.people.map(({ email }) => email)).size).toBe(sample.people.length);
	});
});

describe('findings', () => {
	it('hold no figures: those come from the tables', () => {
		const texts = sample.findings.flatMap(({ sentence, minorityView }) => [sentence, minorityView]);

		expect(sample.findings.length).toBeGreaterThanOrEqual(6);
		expect(texts.filter((text) => /\d|percent|%/.test(text))).toEqual([]);
	});

	it('stand behind every recommendation, the approved ones and the others', () => {
		const supported = new Set(sample.findings.flatMap(({ recommendations }) => recommendations));

		expect([...supported].sort()).toEqual(sample.recommendations.map(({ key }) => key));
	});

	it('share a theme with each recommendation they support', () => {
		for (const { recommendations, themes: own } of sample.findings) {
			for (const key of recommendations) {
				const asked = sample.recommendations.find((each) => each.key === key)?.themes ?? [];
				expect(own.some((theme) => asked.includes(theme))).toBe(true);
			}
		}
	});

	it('quote plain phrases of eight words and more, without names, that carry their themes', () => {
		for (const { quotes, themes: own } of sample.findings) {
			for (const id of quotes) {
				const phrase = phrases.find((each) => each.id === id);
				expect(phrase?.kind).toBe('plain');
				expect(phrase?.names).toBeUndefined();
				expect(phrase?.text.split(' ').length).toBeGreaterThanOrEqual(8);
				expect(phrase?.themes.some((theme) => own.includes(theme))).toBe(true);
			}
		}
	});

	it('name only themes of the codebook', () => {
		const named = [
			...sample.findings.flatMap((each) => each.themes),
			...sample.recommendations.flatMap((each) => each.themes),
			...phrases.flatMap((each) => [...each.themes, ...(each.second ?? [])]),
		];

		expect(named.filter((key) => !themeKeys.has(key))).toEqual([]);
	});
});

describe('phrases', () => {
	const distinct = new Set(phrases.map(({ text }) => text));
	const inLanguage = (language: string) =>
		phrases.filter((each) => each.language === language).length;
	const ofKind = (kind: string) => phrases.filter((each) => each.kind === kind).length;

	it('are at least 400 different texts under ids of their own', () => {
		expect(distinct.size).toBeGreaterThanOrEqual(400);
		expect(new Set(phrases.map(({ id }) => id)).size).toBe(phrases.length);
	});

	it.each(themes)('carry $key at least twelve times', ({ key }) => {
		const carrying = phrases.filter((each) => each.themes.includes(key));

		expect(carrying.length).toBeGreaterThanOrEqual(12);
	});

	it('are written in three languages, some in two at once', () => {
		expect(inLanguage('es')).toBeGreaterThanOrEqual(40);
		expect(inLanguage('ar')).toBeGreaterThanOrEqual(25);
		expect(inLanguage('mixed')).toBeGreaterThanOrEqual(4);
	});

	it('are of every kind, and only the blank and the off-topic ones carry no theme', () => {
		const kinds = ['plain', 'slang', 'misspelled', 'two_ideas', 'off_topic', 'blank_word', 'long'];
		for (const kind of [...kinds, 'contains_name']) {
			expect(ofKind(kind)).toBeGreaterThanOrEqual(8);
		}
		const hasNone = phrases.filter(
			({ themes: own, kind }) => own.length === 0 && kind !== 'blank_word' && kind !== 'off_topic',
		);
		expect(hasNone.map(({ kind }) => kind).every((kind) => kind === 'contains_name')).toBe(true);
	});

	it('run from a word or two to 120 words', () => {
		const lengths = phrases.map(({ text }) => text.split(/\s+/).length);

		expect(Math.min(...lengths)).toBeLessThanOrEqual(3);
		expect(Math.max(...lengths)).toBeGreaterThan(90);
		expect(Math.max(...lengths)).toBeLessThanOrEqual(120);
	});

	it('that name someone say which name is to be redacted', () => {
		const named = phrases.filter(({ kind }) => kind === 'contains_name');

		expect(named.length).toBeGreaterThanOrEqual(12);
		for (const { text, names } of named) {
			expect(names?.every((name) => text.includes(name))).toBe(true);
			expect(names?.length).toBeGreaterThanOrEqual(1);
		}
	});
});
