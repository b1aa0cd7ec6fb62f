import { error } from '@sveltejs/kit';
import { ApiProblem } from '#lib/api.ts';

/** Answers for what is not published, in words that lead on. Any other fault is thrown on. */
export async function orMissing<Answer>(answer: Promise<Answer>): Promise<Answer> {
	try {
		return await answer;
	} catch (problem) {
		if (problem instanceof ApiProblem && (problem.status === 404 || problem.status === 422)) {
			error(404, 'Nothing is published at this address.', { code: 'release_not_found' });
		}
		throw problem;
	}
}

/** For a part that the release does not have: a theme, a recommendation, a chart. */
export function missingPart(): never {
	error(404, 'This release has no such part.', { code: 'part_not_found' });
}
