import { CONSENT_SCOPES, NEEDS_GUARDIAN, seatConsent } from '@throughline/analysis/dialog';
import type { listConsentEntries } from '@throughline/db/queries/dialog-slip';
import { shareOf, sizeOf } from '../dialogs/group-share.ts';
import type { ReadGuide } from '../dialogs/guide.ts';
import type { PreparedDialog } from '../dialogs/read-dialogs.ts';
import { blockersOf, dutiesOf, gatesOf, isOverdue } from '../dialogs/readiness.ts';
import type { DialogDetail, DialogView } from '../routes/dialogs/schema.ts';
import { localTime } from './local-time.ts';

interface Seen {
	timezone: string;
	now: Date;
}

export function presentDialog(prepared: PreparedDialog, { timezone, now }: Seen): DialogView {
	const { dialog } = prepared;
	const isPlanned = dialog.status === 'planned';
	return {
		id: dialog.id,
		key: dialog.key,
		group: groupOf(dialog),
		site: { id: dialog.siteId, name: dialog.site },
		format: dialog.format,
		startsAt: localTime(dialog.startsAt, timezone),
		minutes: dialog.minutes,
		place: dialog.place,
		plannedParticipants: dialog.plannedParticipants,
		status: dialog.status,
		isOverdue: isOverdue(dialog, now),
		isReady: isPlanned && blockersOf({ ...prepared, timezone, now }).length === 0,
		recordingPlan: dialog.recordingPlan,
		recordingMode: dialog.recordingMode,
	};
}

export function presentDialogDetail(
	prepared: PreparedDialog,
	seen: Seen & {
		minN: number;
		personId: string;
		entries: Awaited<ReturnType<typeof listConsentEntries>>;
		seatIds: readonly string[];
	},
): DialogDetail {
	const { dialog, guide } = prepared;
	const format = formatOf(guide, dialog.format);
	const range = format?.groupSize ?? null;
	const expected = dialog.plannedParticipants;
	return {
		...presentDialog(prepared, seen),
		timezone: seen.timezone,
		version: dialog.version,
		directive:
			dialog.directiveId === null ? null : { id: dialog.directiveId, text: dialog.directive ?? '' },
		guide: { versionId: guide.versionId, title: guide.title, version: guide.version },
		formatLabel: format?.label ?? dialog.format,
		languages: dialog.languages,
		duties: dutiesOf(prepared),
		notInTheRoom: guide.notInTheRoom,
		gates: gatesOf({ ...prepared, ...seen }),
		blockers: dialog.status === 'planned' ? blockersOf({ ...prepared, ...seen }) : [],
		isUnusualSize: range !== null && (expected < range[0] || expected > range[1]),
		groupSize: range,
		seats: prepared.seats,
		slips: prepared.slips,
		participants: dialog.participants === null ? null : sizeOf(dialog.participants, seen.minN),
		consent: consentOf(seen),
		agreements: dialog.agreements,
		deviations: dialog.deviations,
		isMine: prepared.duties.some(
			({ personId, role }) =>
				personId === seen.personId && role !== 'safe_adult' && role !== 'peer_host',
		),
	};
}

export function formatOf(guide: ReadGuide, key: string) {
	return guide.formats.find((format) => format.key === key);
}

function groupOf(dialog: PreparedDialog['dialog']): DialogView['group'] {
	return dialog.studentGroupId === null
		? null
		: { id: dialog.studentGroupId, name: dialog.group ?? '' };
}

/** How many seats gave each scope, never which; only seats something was said for are counted. */
function consentOf(seen: {
	minN: number;
	entries: Awaited<ReturnType<typeof listConsentEntries>>;
	seatIds: readonly string[];
}): DialogDetail['consent'] {
	const entries = seen.entries.map((entry) => ({ ...entry, saidAt: entry.saidAt.getTime() }));
	const bySeat = Map.groupBy(entries, ({ seatId }) => seatId);
	const asked = seen.seatIds.filter((id) => bySeat.has(id));
	const given = asked.map((id) =>
		seatConsent(bySeat.get(id) ?? [], { needsGuardian: NEEDS_GUARDIAN }),
	);
	return CONSENT_SCOPES.map((scope) => ({
		scope,
		share: shareOf(given.filter((seat) => seat[scope]).length, asked.length, seen.minN),
	}));
}
