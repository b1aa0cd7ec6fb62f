import { describe, expect, it } from 'vitest';
import { createLevelWatch, measure } from './level.ts';

describe('the level', () => {
	it('is good while people talk and in the pauses between their words', () => {
		const watch = createLevelWatch();
		expect(watch({ atMs: 0, dbfs: -20, peak: 0.4 }).word).toBe('good');
		expect(watch({ atMs: 1500, dbfs: -70, peak: 0 }).word).toBe('good');
		expect(watch({ atMs: 2500, dbfs: -70, peak: 0 }).word).toBe('quiet');
	});

	it('warns after twenty seconds below −45 dBFS, not before, and stops when somebody speaks', () => {
		const watch = createLevelWatch();
		expect(watch({ atMs: 0, dbfs: -50, peak: 0 }).warning).toBeNull();
		expect(watch({ atMs: 19_900, dbfs: -46, peak: 0 }).warning).toBeNull();
		expect(watch({ atMs: 20_000, dbfs: -46, peak: 0 }).warning).toBe('quiet');
		expect(watch({ atMs: 20_100, dbfs: -30, peak: 0.1 }).warning).toBeNull();
	});

	it('warns when it is clipped again and again', () => {
		const watch = createLevelWatch();
		const clip = (atMs: number) => watch({ atMs, dbfs: -3, peak: 1 });
		expect(clip(0)).toMatchObject({ word: 'loud', warning: null });
		expect(clip(1000).warning).toBeNull();
		expect(clip(2000).warning).toBe('loud');
		expect(watch({ atMs: 8000, dbfs: -20, peak: 0.3 })).toMatchObject({
			word: 'good',
			warning: null,
		});
	});

	it('moves a bar between 0 and 1', () => {
		const watch = createLevelWatch();
		expect(watch({ atMs: 0, dbfs: -Infinity, peak: 0 }).bar).toBe(0);
		expect(watch({ atMs: 1, dbfs: -30, peak: 0 }).bar).toBe(0.5);
		expect(watch({ atMs: 2, dbfs: 0, peak: 1 }).bar).toBe(1);
	});

	it('is measured as root mean square below full scale', () => {
		const { dbfs, peak } = measure(Float32Array.from([0.1, -0.1, 0.1, -0.1]));
		expect(dbfs).toBeCloseTo(-20, 3);
		expect(peak).toBeCloseTo(0.1, 5);
		expect(measure(new Float32Array(8)).dbfs).toBe(-Infinity);
	});
});
