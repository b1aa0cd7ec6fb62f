/** The session that is recorded. */
export interface RecordedSession {
	engagementId: string;
	sessionId: string;
	/** ISO: when the session's clock stood at 0. */
	startedAt: string;
	/** Milliseconds to put on this device's clock to get the server's; 0 when left out. */
	clockOffsetMs?: number;
}

/** A stretch of the session without sound, on the session's clock. */
export interface Gap {
	startMs: number;
	endMs: number;
	reason: GapReason;
}

export type GapReason =
	/** The facilitator paused. */
	| 'paused'
	/** The browser, the tablet or its battery gave out. */
	| 'crash'
	/** The page was hidden and the microphone was lost meanwhile. */
	| 'hidden'
	/** The system took the sound away: another app, a switch on the microphone. */
	| 'muted'
	/** The microphone was unplugged or its permission withdrawn. */
	| 'ended'
	/** The tablet rang. */
	| 'call'
	/** Nothing came for a while, by the clock: the tablet slept. */
	| 'late';

/** What the group asked to have deleted, on the session's clock. */
export interface Cut {
	id: string;
	startMs: number;
	endMs: number;
}

/** Five seconds of sound, as the manifest lists them. */
interface Slice {
	/** From 0, without a hole. */
	number: number;
	/** A segment is a file of its own: a new one begins after every pause and crash. */
	segment: number;
	bytes: number;
	/** Of the plain bytes. */
	sha256: string;
	/** On the session's clock. */
	startMs: number;
	endMs: number;
}

export interface LocalSlice extends Slice {
	recordingId: string;
}

/** A recording as the device keeps it. Its slices are stored one by one, beside it. */
export interface LocalRecording {
	id: string;
	engagementId: string;
	sessionId: string;
	/** `open` until somebody said Finish, or Stop; a crash leaves it open. */
	status: 'open' | 'stopped' | 'verified';
	/** What the recorder makes, e.g. `audio/webm;codecs=opus`. */
	mime: string;
	label: string;
	tableNo: number | null;
	/** ISO, by the device's clock put right by the server's. */
	startedAt: string;
	/** Where the session's clock stood when the recording began. */
	offsetMs: number;
	gaps: Gap[];
	cuts: Cut[];
	/** 'device' for the recorder here, 'file' for one made elsewhere. */
	source: 'device' | 'file';
}
