export {
	dominantSeat,
	type PromptTalk,
	type SeatTalk,
	sessionsOfOneVoice,
	shareOfTalk,
	silentPrompts,
	type SpeakingEvent,
	talkByPrompt,
	type TalkShare,
	type TalkShares,
	talkUnit,
	type TalkUnit,
} from './airtime.ts';
export {
	CONSENT_SCOPES,
	type ConsentEntry,
	type ConsentScope,
	type ConsentSource,
	NEEDS_GUARDIAN,
	recordingMode,
	seatConsent,
} from './consent.ts';
export { spanConsent } from './span-consent.ts';
