import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '#lib/i18n/languages.ts';
import EvidenceChain from './EvidenceChain.svelte';
import QuoteCard from './QuoteCard.svelte';
import { chain, chainWithoutClause, quotes } from './sample-models.ts';

const page = { language: 'en' as Language, address: '/r/spring', method: '/r/spring/method' };
const chartHref = (id: string) => `/r/spring#${id}`;

function ids(html: string): string[] {
	return [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '');
}

function targets(html: string): string[] {
	return [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '');
}

describe('an evidence chain', () => {
	const { body } = render(EvidenceChain, { props: { chain, page, chartHref } });

	it('leads from every link to a card of the chain', () => {
		expect(targets(body).filter((target) => !ids(body).includes(target))).toEqual([]);
	});

	it('can be walked from each card, forwards and back', () => {
		expect(ids(body).filter((id) => !targets(body).includes(id))).toEqual([]);
	});

	it('keeps the view of the minority and the charts of a finding', () => {
		expect(body).toContain('Who saw it differently');
		expect(body).toContain('href="/r/spring#safety"');
	});

	it('shows no number for a theme that may not be seen', () => {
		expect(body.replace(/<[^>]+>|<!--.*?-->/g, '')).toContain('Trust and relationships: Not shown');
	});

	it('says that there is no clause yet, and where one is expected', () => {
		const broken = render(EvidenceChain, { props: { chain: chainWithoutClause, page, chartHref } });
		expect(broken.body).toContain('No clause yet');
		expect(broken.body.replace(/[\u2068\u2069]/g, '')).toContain(
			'Expected place: Section 3, Duties of the officer',
		);
		expect(broken.body).toContain('No quotes are shown');
	});
});

describe('a quote', () => {
	it.each(quotes)('of $language is marked as such and shown unchanged', (quote) => {
		const { body } = render(QuoteCard, { props: { quote, page } });
		expect(body).toMatch(
			new RegExp(`<blockquote lang="${quote.language}" dir="${quote.direction}"`),
		);
		expect(body.replace(/<[^>]+>/g, '')).toContain(quote.text);
		expect(body).toContain(quote.hash);
	});

	it('escapes what a student wrote', () => {
		const [first = never()] = quotes;
		const { body } = render(QuoteCard, {
			props: { quote: { ...first, text: '<script>x</script>' }, page },
		});
		expect(body).not.toContain('<script>');
	});
});

function never(): never {
	throw new Error('The sample has no quotes.');
}
