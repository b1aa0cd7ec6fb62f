import type { StaffRole } from '@throughline/db/schema';
import { z } from 'zod';

export const sampleBody = z.strictObject({ email: z.email().max(254) });

export const sessionParam = z.object({ sessionId: z.uuid() });

export const codeBody = z.strictObject({
	code: z
		.string({ error: 'Enter the code.' })
		.trim()
		.min(1, { error: 'Enter the code.' })
		.max(40, { error: 'This is longer than a code.' }),
});

/** Who is signed in, and where they may go. */
export interface SessionView {
	person: { id: string; name: string; email: string };
	engagements: SessionEngagement[];
}

export interface SessionEngagement {
	id: string;
	slug: string;
	title: string;
	district: string;
	isSynthetic: boolean;
	roles: StaffRole[];
	/** A role they hold there needs a second factor, which this session has not proved yet. */
	lacksSecondFactor: boolean;
}

/** The second factor of whoever is signed in. */
export interface SecondFactorView {
	isSetUp: boolean;
	/** Proved in this session. */
	isProved: boolean;
	/** Some role they hold needs one. */
	isNeeded: boolean;
	recoveryCodesLeft: number;
}

/** A new key for an authenticator app, shown until its first code was given. */
export interface EnrolmentView {
	/** Base32, to be typed where nothing can be scanned. */
	secret: string;
	/** The same as a square to scan, with the names around it. */
	qr: { size: number; path: string };
	uri: string;
}

/** The sessions somebody has open. Nothing is known of the devices they are on. */
export interface OwnSessionsView {
	sessions: { id: string; isThis: boolean; startedAt: string; lastSeenAt: string }[];
}

/** The ways in that the sign-in page offers. */
export interface WaysIn {
	/** The district's own sign-in is set up. */
	hasDistrictSignIn: boolean;
	/** Mail really leaves; otherwise links are printed where the server runs. */
	hasMail: boolean;
	/** People of the sample, offered at the machine itself only; null elsewhere. */
	samplePeople: SamplePerson[] | null;
}

export interface SamplePerson {
	email: string;
	name: string;
	roles: StaffRole[];
}
