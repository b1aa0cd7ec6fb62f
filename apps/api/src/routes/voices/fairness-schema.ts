/** How talk was shared in one session, as anyone on the team may know it. */
export interface SessionTalk {
	id: string;
	key: string;
	site: string;
	heldOn: string;
	/** What talk is counted in. */
	unit: 'milliseconds' | 'words';
	/** False where nothing says who spoke. */
	isCounted: boolean;
	/** One voice said more than half of what participants said. */
	hasOneVoice: boolean;
	facilitatorPercent: number;
	/** Said by voices nobody could tell. */
	unknownPercent: number;
	/** Prompts that were asked and nobody but the facilitator said anything to. */
	silentPrompts: string[];
}

export interface SessionFairness {
	session: SessionTalk;
	/** In the order of the seats; null for those who were not on duty in the room. */
	seats: { label: string; percent: number }[] | null;
}

export interface FairnessList {
	sessions: SessionTalk[];
	page: number;
	hasMore: boolean;
}
