import type { ConsentScope, ConsentSource } from '@throughline/analysis/dialog';
import type { DialogFormat, DialogRole, RecordingMode } from '@throughline/db/schema';
import { z } from 'zod';
import type { ConsentLanguage } from '../../dialogs/consent-words.ts';
import type { dialogGuideSchema } from '../../dialogs/guide-schema.ts';
import { engagementParam } from '../engagements/schema.ts';

export const roomParam = engagementParam.extend({ sessionId: z.uuid() });

const MAX_BATCH = 100;

export const syncBody = z.object({
	operations: z
		.array(z.looseObject({ id: z.uuid() }))
		.max(MAX_BATCH, { error: `Send up to ${MAX_BATCH} operations at a time.` }),
});

/** What became of one operation. Sent again, an operation gets the same answer. */
export interface OperationResult {
	id: string;
	status: 'applied' | 'refused';
	/** Why it was refused. */
	problem?: { code: string; message: string };
	/** It may be taken later: keep it and send it again. */
	mayRetry?: boolean;
}

/** What the server made of the session; where the tablet thinks otherwise, this counts. */
export interface RoomState {
	status: 'planned' | 'running' | 'held' | 'cancelled';
	recordingMode: RecordingMode | null;
	startedAt: string | null;
	endedAt: string | null;
}

export interface SyncView {
	results: OperationResult[];
	session: RoomState;
	serverTime: string;
}

/** A session in the list of a tablet. */
export interface RoomEntry {
	id: string;
	key: string;
	group: string | null;
	site: string;
	format: DialogFormat;
	startsAt: string;
	/** Where it is held: whose clock its time is read on. */
	timezone: string;
	status: RoomState['status'];
}

export interface RoomList {
	sessions: RoomEntry[];
}

type Guide = z.output<typeof dialogGuideSchema>;

/** Everything a tablet needs to run a session without a network. */
export interface RoomKit {
	serverTime: string;
	session: RoomEntry &
		RoomState & {
			slipCode: string;
			minutes: number;
			place: string;
			plannedParticipants: number;
			languages: string[];
			recordingPlan: RecordingMode;
			agreements: string;
			deviations: string;
		};
	guide: {
		title: string;
		number: number;
		formats: Guide['formats'];
		/** Without the themes they may lead to: a facilitator asks, and does not look for. */
		prompts: { key: string; text: string; probes: string[] }[];
		agenda: Guide['agenda'];
		groundRules: Guide['groundRules'];
		notInTheRoom: string[];
		after: Guide['after'];
		/** By language, then by key: open, recording, close. */
		scripts: Record<string, Record<string, string>>;
	};
	gates: { step: string; words: string; blocksStart: boolean; doneAt: string | null }[];
	/** Those that were set up, and spare ones: a spare becomes real when it is first named. */
	seats: { id: string; label: string; position: number; isTaken: boolean }[];
	/** What was said before this visit; the tablet adds what is said in the room. */
	ledger: {
		seatId: string;
		scope: ConsentScope;
		source: ConsentSource;
		isGiven: boolean;
		saidAt: string;
	}[];
	duties: { role: DialogRole; name: string | null }[];
	/** Who a safety flag goes to; null while nobody is named. */
	safeAdult: string | null;
	counts: { attribute: string; values: string[] }[];
	consent: ConsentLanguage[];
	rules: {
		/** Scopes that need a guardian beside the student. */
		needsGuardian: readonly ConsentScope[];
		/** 'Delete what was just said' takes this much. */
		deleteMs: number;
		/** For so long it can be taken back. */
		undoMs: number;
	};
}
