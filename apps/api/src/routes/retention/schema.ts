import type { Kind } from '../../retention/schedule.ts';

export interface RetentionView {
	rules: {
		kind: Kind;
		/** Null: as long as the engagement. */
		days: number | null;
		basis: string;
	}[];
	/**
	 * What went because its time was over, newest first: counts and no words. No count (null) of what
	 * would tell how many students had begun or answered at some time.
	 */
	purged: { id: string; kind: Kind; rows: number | null; days: number; on: string }[];
	backup: BackupView;
}

export interface BackupView {
	lastAt: string | null;
	isLate: boolean;
	lateAfterHours: number;
	hasFailed: boolean;
}
