import { NEEDS_GUARDIAN } from '@throughline/analysis/dialog';
import {
	findRoom,
	listRoomConsent,
	listRoomDuties,
	listRoomGates,
	listRoomSeats,
} from '@throughline/db/queries/dialog-room';
import type { DialogSession } from '@throughline/db/queries/dialog-session';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import type { RoomKit } from '../routes/dialog-room/schema.ts';
import { dialogGuideSchema } from './guide-schema.ts';
import { consentLanguages } from './consent-words.ts';
import { countedAttributes } from './counted.ts';
import { seatLabel } from './seat-label.ts';
import { MAX_SEATS, spareSeatId } from './seats.ts';

const DELETE_MS = 60_000;
const UNDO_MS = 10_000;
/** So many more than expected can come. */
const SPARE_SEATS = 12;

/** Everything a tablet needs to run this session without a network. */
export async function readKit(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	session: DialogSession,
): Promise<RoomKit> {
	const key = { engagementId: session.engagement_id, sessionId: session.id };
	const room = await findRoom(db, key);
	if (!room) {
		throw notFound();
	}
	const guide = dialogGuideSchema.parse(room.guide);
	const gates = new Map((await listRoomGates(db, key)).map(({ step, doneAt }) => [step, doneAt]));
	const duties = await listRoomDuties(db, key);
	const seats = await listRoomSeats(db, key);
	const ledger = await listRoomConsent(db, key);
	return {
		serverTime: clock().toISOString(),
		session: {
			id: session.id,
			key: session.key,
			group: room.group,
			site: room.site,
			format: session.format,
			startsAt: session.starts_at.toISOString(),
			timezone: room.timezone,
			status: session.status,
			recordingMode: session.recording_mode,
			startedAt: session.started_at?.toISOString() ?? null,
			endedAt: session.ended_at?.toISOString() ?? null,
			slipCode: session.slip_code,
			minutes: session.minutes,
			place: session.place,
			plannedParticipants: session.planned_participants,
			languages: session.languages,
			recordingPlan: session.recording_plan,
			agreements: session.agreements,
			deviations: session.deviations,
		},
		guide: presentGuide(guide, room.guideNumber),
		gates: guide.before.map(({ key: step, step: words, blocksStart }) => ({
			step,
			words,
			blocksStart,
			doneAt: gates.get(step)?.toISOString() ?? null,
		})),
		seats: withSpares(session, seats),
		ledger: ledger.map(({ seatId, scope, source, isGiven, saidAt }) => ({
			seatId,
			scope,
			source,
			isGiven,
			saidAt: saidAt.toISOString(),
		})),
		duties: duties.map(({ role, name }) => ({ role, name })),
		safeAdult:
			duties.find(({ role, name }) => role === 'safe_adult' && name !== null)?.name ?? null,
		counts: countedAttributes(session.languages),
		consent: [...consentLanguages],
		rules: { needsGuardian: NEEDS_GUARDIAN, deleteMs: DELETE_MS, undoMs: UNDO_MS },
	};
}

/** The seats there are, and some more for whoever comes beside those who were expected. */
function withSpares(
	session: DialogSession,
	seats: Awaited<ReturnType<typeof listRoomSeats>>,
): RoomKit['seats'] {
	const last = Math.max(session.planned_participants, ...seats.map(({ position }) => position));
	const byPosition = new Map(seats.map((seat) => [seat.position, seat]));
	return Array.from({ length: Math.min(MAX_SEATS, last + SPARE_SEATS) }, (_, index) => {
		const position = index + 1;
		const seat = byPosition.get(position);
		return {
			id: seat?.id ?? spareSeatId(session.id, position),
			label: seat?.label ?? seatLabel(position),
			position,
			isTaken: seat !== undefined && seat.takenAt !== null,
		};
	});
}

function presentGuide(
	guide: ReturnType<typeof dialogGuideSchema.parse>,
	number: number,
): RoomKit['guide'] {
	return {
		title: guide.title,
		number,
		formats: guide.formats,
		prompts: guide.prompts.map(({ key, text, probes }) => ({ key, text, probes: probes ?? [] })),
		agenda: guide.agenda,
		groundRules: guide.groundRules,
		notInTheRoom: guide.notInTheRoom,
		after: guide.after,
		scripts: { en: guide.scripts, ...guide.scriptsIn },
	};
}
