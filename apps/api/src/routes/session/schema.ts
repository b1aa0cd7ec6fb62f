import type { StaffRole } from '@throughline/db/schema';
import { z } from 'zod';

export const sampleBody = z.object({ email: z.email().max(254) });

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
