import { describe, expect, it } from 'vitest';
import { protectVectorFile } from './vectors.ts';

describe('a file of releases', () => {
	it('looks at every number of a release, and takes a year for a date', () => {
		const decide = (...releases: object[]) => protectVectorFile({ kind: 'differencing', releases });
		expect(decide({ n: 100, citations: 50 }, { n: 150, citations: 51 })).toEqual({
			difference: 1,
			decision: 'block second release',
		});
		expect(decide({ as_of: 2024, n: 240 }, { as_of: 2025, n: 290 })).toEqual(
			decide({ year: 2024, n: 240 }, { year: 2025, n: 290 }),
		);
		expect(decide({ as_of: 2024, n: 240 }, { as_of: 2025, n: 290 })).toEqual({
			difference: 50,
			decision: 'allow',
		});
	});

	it('knows of a small event beside a large one', () => {
		const answers = protectVectorFile({
			kind: 'differencing',
			releases: [
				{ as_of: 'January', band: '10-19' },
				{ as_of: 'March', band: '20-39' },
				{ known_event: '12 students moved' },
				{ known_event: 'one student moved' },
			],
		});
		expect(answers).toMatchObject({ difference: 'implied 1' });
	});
});
