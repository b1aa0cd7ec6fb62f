export {
	CONSENT_SCOPES,
	type ConsentEntry,
	type ConsentScope,
	type ConsentSource,
	NEEDS_GUARDIAN,
	recordingMode,
	seatConsent,
} from './consent.ts';
