import { CONSENT_SCOPES } from '@throughline/analysis/dialog';
import type { RoomKit } from '@throughline/api/client';

/** A small kit for tests: two seats, planned with sound. */
export function sampleKit(): RoomKit {
	return {
		serverTime: '2026-01-15T14:00:00.000Z',
		session: {
			id: '019aa000-0000-7000-8000-000000000001',
			key: 'ds-01',
			group: 'Reading Circle',
			site: 'North school',
			format: 'circle',
			startsAt: '2026-01-15T15:00:00.000Z',
			timezone: 'America/Chicago',
			status: 'planned',
			recordingMode: null,
			startedAt: null,
			endedAt: null,
			slipCode: 'K7QM',
			minutes: 60,
			place: 'Library',
			plannedParticipants: 2,
			languages: ['es'],
			recordingPlan: 'audio',
			agreements: '',
			deviations: '',
		},
		guide: {
			title: 'A guide',
			number: 1,
			formats: [],
			prompts: [{ key: 'P1', text: 'What makes a place feel like yours?', probes: [] }],
			agenda: [{ key: 'a1', block: 'Connect', minutes: 7, prompts: ['P1'] }],
			groundRules: [],
			notInTheRoom: [],
			after: [],
			scripts: { en: { recording: 'We would like to record.', close: 'Thank you.' } },
		},
		gates: ['b1', 'b2'].map((step) => ({ step, words: step, blocksStart: true, doneAt: null })),
		seats: [
			{ id: 's1', label: 'Voice A', position: 1, isTaken: false },
			{ id: 's2', label: 'Voice B', position: 2, isTaken: false },
		],
		ledger: [],
		duties: [],
		safeAdult: 'Imani Gale',
		counts: [{ attribute: 'grade_band', values: ['9-10', 'not_said'] }],
		consent: [
			{
				language: 'en',
				mayStop: 'Anyone may ask to stop.',
				notesOnly: 'Today we take notes only.',
				lines: (['guardian', 'student'] as const).flatMap((source) =>
					CONSENT_SCOPES.map((scope) => ({
						scope,
						source,
						words: `${source} ${scope}`,
						hash: '0'.repeat(64),
					})),
				),
			},
		],
		rules: {
			needsGuardian: ['recorded', 'voice_played', 'kept'],
			deleteMs: 60_000,
			undoMs: 10_000,
		},
	};
}
