import type { Cell, LikertChart } from '@throughline/analysis/charts';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '#lib/i18n/languages.ts';
import { cellWords } from './figures.ts';
import Groups from './Groups.svelte';
import Likert from './Likert.svelte';
import Options from './Options.svelte';
import Participation from './Participation.svelte';
import * as models from './sample-models.ts';
import Themes from './Themes.svelte';

const page = { language: 'en' as Language, address: '/r/spring', method: '/r/spring/method' };

/** The words of a piece of HTML, without the marks that keep figures in order. */
function wordsOf(html: string): string {
	return html
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/[\u2066\u2069]/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/** The cells of the table of a chart, row by row, heading first. */
function tableOf(html: string): string[][] {
	const body = /<tbody[^>]*>(.*?)<\/tbody>/s.exec(html)?.[1] ?? '';
	return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map((row) =>
		[...(row[1] ?? '').matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((cell) =>
			wordsOf(cell[1] ?? ''),
		),
	);
}

function cell(words: Cell): string {
	return wordsOf(cellWords(words, 'en'));
}

describe('the table of a chart', () => {
	it('states who took part as the model does', () => {
		const { body } = render(Participation, { props: { chart: models.participation, page } });
		const rows = models.participation.attributes.flatMap((attribute) =>
			attribute.rows.map((row) => [
				`${attribute.label}: ${row.label}`,
				cell(row.tookPart),
				row.enrolled.text,
				row.gap ?? (row.tookPart.type === 'shown' ? 'About even' : 'Not shown'),
			]),
		);
		expect(tableOf(body)).toEqual(rows);
	});

	it.each(['diverging', 'stacked'] as const)('states every step of a %s scale', (view) => {
		const { body } = render(Likert, { props: { chart: models.likert, page, view } });
		const rows = models.likert.rows.map((row) =>
			[...row.cells, row.notSure, row.disagree, row.agree].map(cell),
		);
		expect(tableOf(body).map((row) => row.slice(2))).toEqual(rows);
		expect(tableOf(body).map((row) => row[1])).toEqual([
			'812 people',
			'798 people',
			'20–39 people',
			'Not shown',
		]);
	});

	it('states every option', () => {
		const { body } = render(Options, { props: { chart: models.options, page } });
		expect(tableOf(body)).toEqual(models.options.rows.map((row) => [row.label, cell(row.cell)]));
	});

	it('states every theme with its range', () => {
		const { body } = render(Themes, { props: { chart: models.themes, page } });
		expect(tableOf(body)).toEqual(
			models.themes.rows.map((row) => [
				row.label,
				cell(row.cell),
				row.range === null ? 'No range' : `${row.range.low}–${row.range.high}`,
				row.definition,
			]),
		);
	});

	it.each([models.groups, models.manyGroups])('states every cell of $id', (chart) => {
		const { body } = render(Groups, { props: { chart, page } });
		const figures = [...body.matchAll(/<td[^>]*>.*?<span class="value[^>]*>(.*?)<\/td>/gs)].map(
			(match) => wordsOf(match[1] ?? ''),
		);
		expect(figures).toEqual(
			chart.rows.flatMap((row) =>
				row.cells.map((value) =>
					value.type === 'shown'
						? value.figure.text
						: '— Not shown: too few people, or it protects another group',
				),
			),
		);
	});
});

describe('a hidden cell', () => {
	const row = models.likert.rows[3] ?? never();
	const chart: LikertChart = {
		...models.likert,
		people: { type: 'exact', n: 700 },
		summary: '',
		title: '',
		notes: [],
		rows: [{ ...row, label: 'Statement' }],
	};

	it('leaves no number, no length and no second kind of mark in the page', () => {
		const { body } = render(Likert, { props: { chart, page } });
		const picture = body.slice(body.indexOf('<div class="rows'), body.indexOf('<p class="summary'));
		expect(wordsOf(picture)).not.toMatch(/\d/);
		expect(picture).not.toMatch(/inline-size:\s*[\d.]+%/);
		expect(new Set(picture.match(/<span class="not-shown[^>]*>/g)).size).toBe(1);
	});

	it('does not change the drawing of its neighbours', () => {
		const shown = {
			...models.options,
			rows: models.options.rows.filter(({ cell }) => cell.type === 'shown'),
		};
		const bars = (html: string) => html.match(/inline-size:\s*[\d.]+%/g);
		expect(bars(render(Options, { props: { chart: models.options, page } }).body)).toEqual(
			bars(render(Options, { props: { chart: shown, page } }).body),
		);
	});
});

describe('a figure that is a range', () => {
	it('is drawn from its low to its high bound', () => {
		const chart = {
			...models.options,
			rows: [{ id: 'a', label: 'A', cell: models.within(50, 60) }],
		};
		const { body } = render(Options, { props: { chart, page } });
		expect(body.match(/inline-size:\s*([\d.]+%)/g)).toEqual([
			'inline-size: 83.33%',
			'inline-size: 16.67%',
		]);
		expect(wordsOf(body)).toContain('50–60%');
	});
});

describe('the states of a chart', () => {
	it.each([
		[
			'participation',
			() =>
				render(Participation, {
					props: { chart: { ...models.participation, attributes: [] }, page },
				}),
		],
		['likert', () => render(Likert, { props: { chart: { ...models.likert, rows: [] }, page } })],
		['options', () => render(Options, { props: { chart: { ...models.options, rows: [] }, page } })],
		['themes', () => render(Themes, { props: { chart: { ...models.themes, rows: [] }, page } })],
		['groups', () => render(Groups, { props: { chart: { ...models.groups, rows: [] }, page } })],
	])('says so when there is nothing to draw: %s', (_kind, draw) => {
		expect(wordsOf(draw().body)).toContain('There is nothing to draw here');
	});

	it('draws a single row to the end of its own scale', () => {
		const chart = { ...models.options, rows: [{ id: 'a', label: 'A', cell: models.at(7) }] };
		expect(render(Options, { props: { chart, page } }).body).toContain('inline-size: 70%');
	});

	it.each(['en', 'es', 'ar'] as const)('speaks %s in all of its own words', (language) => {
		const { body } = render(Likert, {
			props: { chart: models.likert, page: { ...page, language } },
		});
		const own = {
			en: 'Show this chart as a table',
			es: 'Ver esta gráfica como tabla',
			ar: 'اعرض هذا الرسم في جدول',
		};
		expect(body).toContain(own[language]);
		expect(body).not.toMatch(/>(chart|likert)\.\w+</);
	});

	it('links to its figures, to itself and to the method', () => {
		const { body } = render(Likert, { props: { chart: models.likert, page } });
		for (const href of [
			'/csv/safety',
			'/r/spring#safety',
			'/r/spring/method',
			'/r/spring?view=stacked#safety',
		]) {
			expect(body).toContain(`href="${href}"`);
		}
	});
});

function never(): never {
	throw new Error('The sample has fewer rows than the test needs.');
}
