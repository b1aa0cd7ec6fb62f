import { validateResponse } from '@throughline/survey-engine';
import { sealEnvelope } from '../ballot/envelope.ts';
import { sealingKey } from '../ballot/epoch-keys.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { askedQuestions, contextOf } from '../student/steps.ts';
import { codeUsed, notOpen, placeOf, type StudentAccess } from '../student/student-access.ts';

/**
 * Finishes a response: what counts is validated once more, sealed, and stored while the code is
 * spent and the draft deleted, in one transaction. The same submission sent again is answered as
 * the first time.
 *
 * @param sidHash SHA-256 of the submission's id; 32 bytes.
 * @throws AppError `code_used` when another submission already spent the code, `nothing_to_send`
 * when the survey was never begun, `survey_not_open` when the window closed, `survey_paused` when
 * the key of the window is missing.
 */
export async function submitResponse(
	deps: Pick<Deps, 'db' | 'ballots' | 'keys' | 'random' | 'clock'>,
	access: StudentAccess,
	sidHash: Buffer,
): Promise<void> {
	const { window, ballot, draft } = access;
	if (ballot.isSpent) {
		if (ballot.sidHash?.equals(sidHash)) {
			return;
		}
		throw codeUsed();
	}
	if (!draft?.hasReadNotice) {
		throw new AppError('nothing_to_send', 409, 'Start the survey first, then finish it.');
	}
	const place = placeOf(deps, access, draft);
	const { answers } = validateResponse(window.survey, draft.values, { context: contextOf(place) });
	const values = Object.fromEntries(
		askedQuestions(place).flatMap(({ id }) => {
			const answer = answers[id];
			return answer === undefined ? [] : [[id, typeof answer === 'string' ? answer : [...answer]]];
		}),
	);
	const meta = {
		survey: window.surveyHash,
		notice: window.noticeHash,
		language: draft.language,
	};
	const key = await sealingKey(deps, window);
	const result = await deps.ballots.submit({
		engagementId: window.engagementId,
		windowId: window.windowId,
		codeHash: access.codeHash,
		sidHash,
		envelope: {
			id: deps.random.uuid4(),
			cohortId: ballot.cohortId,
			epoch: window.epoch,
			body: sealEnvelope({ meta, values }, { key, cohortId: ballot.cohortId, random: deps.random }),
		},
	});
	if (result === 'spent') {
		throw codeUsed();
	}
	if (result === 'closed' || result === 'unknown') {
		throw notOpen();
	}
}
