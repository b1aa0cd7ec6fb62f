import { type Ballot, readBallot, saveDraft } from '@throughline/db/queries/ballot';
import { formatCode, hashCode, parseCode } from '../ballot/code.ts';
import { type Draft, openDraft, sealDraft } from '../ballot/draft.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { GuessBudget } from './guess-budget.ts';
import type { Place } from './steps.ts';
import type { StudentWindow } from './student-windows.ts';

/** A student's request, once the code has been checked: nothing here says who they are. */
export interface StudentAccess {
	window: StudentWindow;
	code: string;
	codeHash: Buffer;
	ballot: Ballot;
	/** The draft as stored; undefined before the first page. */
	draft: Draft | undefined;
}

type AccessDeps = Pick<Deps, 'db' | 'keys' | 'clock' | 'random'>;

/**
 * Checks a code against an open window and opens its draft.
 * @throws AppError `survey_not_open`, `code_unreadable`, `code_unknown`, `too_many_wrong_codes`
 * or `code_used`, in words for the student.
 */
export async function checkCode(
	deps: AccessDeps,
	window: StudentWindow,
	options: { typed: string; budget: GuessBudget; allowSpent?: boolean },
): Promise<StudentAccess> {
	requireOpen(deps, window);
	const code = parseCode(options.typed);
	if (code === null) {
		throw new AppError(
			'code_unreadable',
			422,
			'This is not a code. A code has 11 letters and numbers. Check your slip.',
		);
	}
	const codeHash = hashCode(deps.keys.pepper, window.windowId, code);
	const ballot = await readBallot(deps.db, { ...window, codeHash });
	if (!ballot) {
		if (options.budget.isSpentBy(window.windowId)) {
			throw new AppError(
				'too_many_wrong_codes',
				429,
				'Too many wrong codes were tried. Check each letter on your slip, and try again.',
			);
		}
		throw new AppError(
			'code_unknown',
			404,
			'We do not know this code. Check each letter on your slip, or ask for a new slip.',
		);
	}
	if (ballot.isSpent && options.allowSpent !== true) {
		throw new AppError(
			'code_used',
			409,
			'This code was already used to finish the survey. Each code works once.',
		);
	}
	const draft = ballot.draft
		? openDraft(ballot.draft, { code, windowId: window.windowId })
		: undefined;
	return { window, code, codeHash, ballot, draft };
}

/** A draft for someone who has just begun. */
export function newDraft(deps: Pick<Deps, 'random'>, language: string): Draft {
	return {
		language,
		seed: deps.random.int(2 ** 31),
		hasReadNotice: false,
		values: {},
		askedAgain: [],
		seenSections: [],
	};
}

/** Stores a draft. @throws AppError `survey_not_open` when the window closed meanwhile. */
export async function keepDraft(
	deps: AccessDeps,
	access: StudentAccess,
	draft: Draft,
): Promise<void> {
	const body = sealDraft(
		draft,
		{ code: access.code, windowId: access.window.windowId },
		deps.random,
	);
	const isKept = await saveDraft(deps.db, { ...access.window, codeHash: access.codeHash, body });
	if (!isKept) {
		throw notOpen();
	}
}

/** The student's place, for the steps of the survey. */
export function placeOf(deps: Pick<Deps, 'clock'>, access: StudentAccess, draft: Draft): Place {
	return {
		survey: access.window.survey,
		draft,
		grade: access.window.gradeOf.get(access.ballot.cohortId) ?? null,
		now: deps.clock(),
		timezone: access.window.timezone,
	};
}

/** The code as it is written on the slip. */
export function shownCode(access: StudentAccess): string {
	return formatCode(access.code);
}

function requireOpen(deps: Pick<Deps, 'clock'>, window: StudentWindow): void {
	const now = deps.clock();
	if (window.status !== 'open' || now < window.opensAt || now >= window.closesAt) {
		throw notOpen();
	}
}

function notOpen(): AppError {
	return new AppError('survey_not_open', 410, 'This survey is not open now.');
}
