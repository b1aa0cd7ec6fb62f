import type { DialogDetail } from '@throughline/api/client';

/** What the form of a session holds, as text. */
export interface DialogValues {
	studentGroupId: string;
	siteId: string;
	guideVersionId: string;
	directiveId: string;
	format: string;
	startsAt: string;
	minutes: string;
	place: string;
	plannedParticipants: string;
	languages: string[];
	recordingPlan: string;
	leadId: string;
	noteTakerIds: string[];
	safeAdultId: string;
	peerHosts: string;
	interpreters: string;
}

export const emptyDialog: DialogValues = {
	studentGroupId: '',
	siteId: '',
	guideVersionId: '',
	directiveId: '',
	format: '',
	startsAt: '',
	minutes: '60',
	place: '',
	plannedParticipants: '',
	languages: [],
	recordingPlan: '',
	leadId: '',
	noteTakerIds: [],
	safeAdultId: '',
	peerHosts: '1',
	interpreters: '0',
};

export function readDialogForm(form: FormData): DialogValues {
	const read = (name: string) => String(form.get(name) ?? '').trim();
	const all = (name: string) => form.getAll(name).map(String);
	return {
		studentGroupId: read('studentGroupId'),
		siteId: read('siteId'),
		guideVersionId: read('guideVersionId'),
		directiveId: read('directiveId'),
		format: read('format'),
		// Browsers may send seconds; the API takes minutes.
		startsAt: read('startsAt').slice(0, 16),
		minutes: read('minutes'),
		place: read('place'),
		plannedParticipants: read('plannedParticipants'),
		languages: all('languages'),
		recordingPlan: read('recordingPlan'),
		leadId: read('leadId'),
		noteTakerIds: all('noteTakerIds'),
		safeAdultId: read('safeAdultId'),
		peerHosts: read('peerHosts'),
		interpreters: read('interpreters'),
	};
}

/** What is sent: numbers as numbers, and nothing where nothing was chosen. */
export function dialogBody(values: DialogValues) {
	const number = (typed: string) => (typed === '' ? undefined : Number(typed));
	const choice = (id: string) => (id === '' ? null : id);
	return {
		...values,
		studentGroupId: choice(values.studentGroupId),
		directiveId: choice(values.directiveId),
		leadId: choice(values.leadId),
		safeAdultId: choice(values.safeAdultId),
		minutes: number(values.minutes),
		plannedParticipants: number(values.plannedParticipants),
		peerHosts: number(values.peerHosts),
		interpreters: number(values.interpreters),
	};
}

/** The form as a stored session fills it. */
export function storedDialog(dialog: DialogDetail): DialogValues {
	const duty = (role: string) => dialog.duties.find((each) => each.role === role);
	const idsOf = (role: string) => duty(role)?.people.map(({ id }) => id) ?? [];
	return {
		studentGroupId: dialog.group?.id ?? '',
		siteId: dialog.site.id,
		guideVersionId: dialog.guide.versionId,
		directiveId: dialog.directive?.id ?? '',
		format: dialog.format,
		startsAt: dialog.startsAt,
		minutes: String(dialog.minutes),
		place: dialog.place,
		plannedParticipants: String(dialog.plannedParticipants),
		languages: dialog.languages,
		recordingPlan: dialog.recordingPlan,
		leadId: idsOf('lead')[0] ?? '',
		noteTakerIds: idsOf('note_taker'),
		safeAdultId: idsOf('safe_adult')[0] ?? '',
		peerHosts: String(duty('peer_host')?.unnamed ?? 0),
		interpreters: String(duty('interpreter')?.unnamed ?? 0),
	};
}
