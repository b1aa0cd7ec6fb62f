import { type Ballot, saveDraft } from '@throughline/db/queries/ballot';
import { formatCode, hashCode, parseCode } from '../ballot/code.ts';
import { type Draft, draftKey, draftKeyOfCode, openDraft, sealDraft } from '../ballot/draft.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { GuessBudget } from './guess-budget.ts';
import { offeredLanguage } from './languages.ts';
import type { Place } from './steps.ts';
import type { StudentWindow } from './student-windows.ts';

/** A student's request, once the code has been checked: nothing here says who they are. */
export interface StudentAccess {
	window: StudentWindow;
	code: string;
	codeHash: Buffer;
	/** What seals the draft; it follows from the code and the pepper and is stored nowhere. */
	draftKey: Buffer;
	ballot: Ballot;
	/** The draft as stored; undefined before the first page. */
	draft: Draft | undefined;
}

type AccessDeps = Pick<Deps, 'db' | 'ballots' | 'keys' | 'clock' | 'random'>;

/** How often a change is made anew because another page of the same code came in between. */
const MAX_ATTEMPTS = 20;

/**
 * Checks a code against an open window and opens its draft.
 * @throws AppError `survey_not_open`, `code_unreadable`, `code_unknown`, `too_many_wrong_codes`
 * or `code_used`, in words for the student.
 */
export async function checkCode(
	deps: AccessDeps,
	window: StudentWindow,
	options: { typed: string; budget: GuessBudget },
): Promise<StudentAccess> {
	requireOpen(deps, window);
	const access = await findCode(deps, window, options);
	if (access.ballot.isSpent) {
		throw codeUsed();
	}
	return access;
}

/**
 * The same without looking at whether the window is open and the code unused.
 * @throws AppError `code_unreadable`, `code_unknown` or `too_many_wrong_codes`.
 */
export async function findCode(
	deps: AccessDeps,
	window: StudentWindow,
	options: { typed: string; budget: GuessBudget },
): Promise<StudentAccess> {
	const code = parseCode(options.typed);
	if (code === null) {
		throw new AppError(
			'code_unreadable',
			422,
			'This is not a code. A code has 11 letters and numbers. Check your slip.',
		);
	}
	const codeHash = hashCode(deps.keys.pepper, window.windowId, code);
	const ballot = await deps.ballots.read({ ...window, codeHash });
	if (!ballot) {
		throw wrongCode(options.budget.isSpentBy(window.windowId));
	}
	const key = draftKey(code, window.windowId, deps.keys.pepper);
	const draft = draftOf(ballot, window, { key, code });
	return { window, code, codeHash, draftKey: key, ballot, draft };
}

/** A draft for someone who has just begun. */
export function newDraft(
	deps: Pick<Deps, 'random'>,
	window: StudentWindow,
	language?: string,
): Draft {
	return {
		language: offeredLanguage(window, language),
		seed: deps.random.int(2 ** 31),
		hasReadNotice: false,
		values: {},
		askedAgain: [],
		seenSections: [],
	};
}

/**
 * Reads a student's draft, changes it and stores it. When another page of the same code was
 * stored in between, the change is made anew on top of that one: nothing acknowledged is lost.
 *
 * @param options.read checks the code and reads the draft, each time anew.
 * @throws AppError `survey_not_open` when the window closed meanwhile, and whatever `read` and
 * `change` throw.
 */
export async function changeDraft<Outcome extends { draft: Draft }>(
	deps: AccessDeps,
	options: {
		read(): Promise<StudentAccess>;
		change(access: StudentAccess, draft: Draft): Outcome;
	},
): Promise<{ access: StudentAccess; outcome: Outcome }> {
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
		const access = await options.read();
		const { window, codeHash, ballot } = access;
		const outcome = options.change(access, access.draft ?? newDraft(deps, window));
		const { engagementId, windowId } = window;
		const place = { key: access.draftKey, windowId };
		const body = sealDraft(outcome.draft, place, deps.random);
		const key = { engagementId, windowId, codeHash };
		const result = await saveDraft(deps.db, { ...key, body, previous: ballot.draft });
		if (result === 'kept') {
			return { access, outcome };
		}
		if (result === 'refused') {
			// Spent meanwhile says so by itself; what is left is a window that has closed.
			await options.read();
			throw notOpen();
		}
	}
	throw new AppError(
		'draft_busy',
		503,
		'This survey is being answered in several places at once. Try again.',
	);
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

/** @throws AppError `survey_not_open` before the window opens, and from its last second on. */
export function requireOpen(deps: Pick<Deps, 'clock'>, window: StudentWindow): void {
	const now = deps.clock();
	if (window.status !== 'open' || now < window.opensAt || now >= window.closesAt) {
		throw notOpen();
	}
}

export function notOpen(): AppError {
	return new AppError('survey_not_open', 410, 'This survey is not open now.');
}

export function codeUsed(): AppError {
	return new AppError(
		'code_used',
		409,
		'This code was already used to finish the survey. Each code works once.',
	);
}

function wrongCode(isBudgetSpent: boolean): AppError {
	return isBudgetSpent
		? new AppError(
				'too_many_wrong_codes',
				429,
				'Too many wrong codes were tried. Check each letter on your slip, and try again.',
			)
		: new AppError(
				'code_unknown',
				404,
				'We do not know this code. Check each letter on your slip, or ask for a new slip.',
			);
}

function draftOf(
	ballot: Ballot,
	window: StudentWindow,
	own: { key: Buffer; code: string },
): Draft | undefined {
	if (!ballot.draft) {
		return undefined;
	}
	const draft = openWithEither(ballot.draft, window, own);
	return { ...draft, language: offeredLanguage(window, draft.language) };
}

function openWithEither(
	body: Buffer,
	{ windowId }: StudentWindow,
	{ key, code }: { key: Buffer; code: string },
): Draft {
	try {
		return openDraft(body, { key, windowId });
	} catch {
		return openDraft(body, { key: draftKeyOfCode(code, windowId), windowId });
	}
}
