import type { AuditDigest } from '@throughline/db/queries/audit-chain';
import { z } from 'zod';
import { pageQuery } from '../people/schema.ts';

/** Stands for what nobody of the team did. */
export const ITSELF = 'none';

const day = z.iso.date({ error: 'Enter the day as year, month and day.' }).optional();

/** Which entries of the record are wanted. */
export const auditFilter = z.object({
	action: z
		.string()
		.regex(/^[a-z_.]{1,60}$/)
		.optional(),
	/** An id, or `none` for what Throughline did by itself. */
	person: z.union([z.literal(ITSELF), z.uuid()]).optional(),
	from: day,
	to: day,
});

export const auditQuery = auditFilter.extend(pageQuery.shape);

export type WantedEntries = z.infer<typeof auditFilter>;

/** What staff did, in words' keys; never what a student did. */
export interface AuditView {
	entries: {
		id: string;
		/** Its place in the record, from 1. */
		position: number | null;
		action: string;
		target: string;
		detail: Record<string, unknown>;
		person: string | null;
		/** A wall clock's time in the district: `2026-03-02T08:00`. */
		at: string;
	}[];
	/** The newest entry and its hash, to write down elsewhere; null before there is one. */
	head: AuditDigest | null;
	page: number;
	hasMore: boolean;
}

/** What the record can be narrowed to: what there is in it. */
export interface AuditChoices {
	actions: string[];
	people: { id: string; name: string }[];
}
