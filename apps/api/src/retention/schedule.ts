import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../config.ts';

const basis = z.string().trim().min(1).max(500);
const rule = z.strictObject({
	/** For how many days it is kept; null keeps it as long as the engagement. */
	days: z.number().int().min(1).max(36_500).nullable(),
	/** Where the rule comes from, in words people read. */
	basis,
});

/** What the schedule speaks of. */
export const kinds = [
	'recordings',
	'transcript_originals',
	'redaction_logs',
	'dialog_notes',
	'safety_flags',
	'consents',
	'group_answers',
	'devices',
	'drafts',
	'codes',
	'row_exports',
	'invitations',
	'sign_in',
	'audit',
] as const;
export type Kind = (typeof kinds)[number];

const ofStudents: ReadonlySet<Kind> = new Set(['codes', 'drafts', 'safety_flags', 'consents']);

export function isKind(name: string): name is Kind {
	return kinds.some((kind) => kind === name);
}

/**
 * Whether what is purged of a kind counts students: beside the number of slips that were printed, used
 * codes and unfinished answers say how many had answered or begun when a print was replaced. Flags tell
 * how many students of an engagement needed help, consents how many sat in a session.
 */
export function isOfStudents(kind: Kind): boolean {
	return ofStudents.has(kind);
}

/** The retention schedule: a rule for each kind of record. */
const schedule = z.strictObject({
	recordings: rule,
	transcript_originals: rule,
	redaction_logs: rule,
	dialog_notes: rule,
	safety_flags: rule,
	consents: rule,
	group_answers: rule,
	devices: rule,
	drafts: rule,
	codes: rule,
	row_exports: rule,
	invitations: rule,
	sign_in: rule,
	// Each entry holds the hash of the one before it: none can be taken out.
	audit: z.strictObject({ days: z.null(), basis }),
});
export type Schedule = z.output<typeof schedule>;

/** What holds unless the district's own schedule says otherwise: starting points, no legal advice. */
export const defaultSchedule: Schedule = {
	recordings: { days: 30, basis: 'Promised to the group: 30 days, or the checked transcript.' },
	transcript_originals: {
		days: 365,
		basis: 'A year to correct mistakes; then the checked words stay.',
	},
	redaction_logs: { days: 365, basis: 'As the originals they were suggested in.' },
	dialog_notes: {
		days: 365,
		basis: 'A year to correct mistakes, where a checked transcript holds what was said.',
	},
	safety_flags: {
		days: 365,
		basis: 'Passed on long before; the school’s own record of help is kept elsewhere.',
	},
	consents: {
		days: 2190,
		basis: 'Six years, as permissions; stays while words or sound of the session are there.',
	},
	group_answers: {
		days: 365,
		basis: 'A year; what a group said stays while any words of its session are quoted.',
	},
	devices: { days: 365, basis: 'Tablets nobody has used for a year are paired anew.' },
	drafts: { days: 30, basis: 'Goes at the opening; 30 days where a window was never opened.' },
	codes: { days: 30, basis: 'End of the window and 30 days.' },
	row_exports: { days: 365, basis: 'Requests that led to no file: a year.' },
	invitations: { days: 90, basis: 'Names of people who never came: 90 days.' },
	sign_in: { days: 30, basis: 'Ended sessions and used links: 30 days.' },
	audit: { days: null, basis: 'As long as the data; each entry seals the one before it.' },
};

/**
 * The schedule in force: the district's file over the defaults.
 * @throws Error that names the part of the file that cannot be used.
 */
export async function readSchedule(config: Pick<Config, 'RETENTION_FILE'>): Promise<Schedule> {
	const path = config.RETENTION_FILE;
	if (path === undefined) {
		return defaultSchedule;
	}
	let given: unknown;
	try {
		given = JSON.parse(await readFile(path, 'utf8'));
	} catch (error) {
		throw new Error(`RETENTION_FILE=${path} cannot be read as JSON.`, { cause: error });
	}
	const parsed = schedule.partial().safeParse(given);
	if (!parsed.success) {
		const lines = parsed.error.issues.map(
			({ path: at, message }) => `  ${at.map(String).join('.') || 'file'}: ${message}`,
		);
		throw new Error(`RETENTION_FILE=${path} cannot be used:\n${lines.join('\n')}`);
	}
	return schedule.parse({ ...defaultSchedule, ...withoutUndefined(parsed.data) });
}

function withoutUndefined(given: object): object {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
