import { describe, expect, it } from 'vitest';
import { composeQuoteLabel, generalizeQuoteLabel } from './quotes.ts';

const attrs = { race: 'asian', grade_band: '9-10', school: 'gph' };

describe('quote labels', () => {
	it('keep everything where enough people share it', () => {
		const label = generalizeQuoteLabel(attrs, [{ attrs, k: 10 }], { k: 10 });

		expect(label).toEqual({ attrs, k: 10 });
	});

	it('give up attributes in order until enough people share the rest', () => {
		const cells = [
			{ attrs, k: 2 },
			{ attrs: { grade_band: '9-10', school: 'gph' }, k: 9 },
			{ attrs: { school: 'gph' }, k: 30 },
		];

		expect(generalizeQuoteLabel(attrs, cells, { k: 10 })?.attrs).toEqual({ school: 'gph' });
	});

	it('count a combination nobody listed as nobody', () => {
		expect(generalizeQuoteLabel(attrs, [{ attrs: {}, k: 12 }], { k: 10 })).toEqual({
			attrs: {},
			k: 12,
		});
	});

	it('are refused where even everyone is fewer than k', () => {
		expect(generalizeQuoteLabel(attrs, [{ attrs: {}, k: 9 }], { k: 10 })).toBeNull();
	});

	it('name the role first and the school last', () => {
		const names = {
			role: 'Student',
			values: { race: { asian: 'Asian' }, school: { gph: 'Granite Point High School' } },
		};

		expect(composeQuoteLabel(attrs, names)).toBe(
			'Student, grades 9-10, Asian, Granite Point High School',
		);
		expect(composeQuoteLabel({}, names)).toBe('Student');
	});
});
