import type { DialogDetail } from '@throughline/api/client';
import { text } from '#lib/i18n/text.ts';

interface SessionPage {
	/** Below the session's own address. */
	path: string;
	label: string;
	/** The API lets nobody else in. */
	roles: readonly string[];
	/** Only for whoever has a duty there that lets them read what was said. */
	isOwn?: boolean;
	/** Of its roles, those that need no duty. */
	dutyFree?: readonly string[];
	/** The states in which there is something to see. */
	states?: readonly DialogDetail['status'][];
}

const t = text('plan', 'en');
const readers = ['facilitator', 'administrator', 'data_steward', 'advisory_member'];
const planners = ['facilitator', 'administrator'];

/** The pages of a session, in the order they are needed. */
const pages: readonly SessionPage[] = [
	{ path: '/letter', label: t('pages.letter'), roles: readers },
	{ path: '/slips', label: t('pages.slips'), roles: planners, states: ['planned'] },
	{ path: '/checklist', label: t('pages.checklist'), roles: readers },
	{
		path: '/recordings',
		label: t('pages.recordings'),
		roles: ['facilitator', 'data_steward'],
		isOwn: true,
		dutyFree: ['data_steward'],
		states: ['running', 'held'],
	},
	{
		path: '/transcripts',
		label: t('pages.transcripts'),
		roles: ['facilitator'],
		isOwn: true,
		states: ['running', 'held'],
	},
	{ path: '/fairness', label: t('pages.fairness'), roles: readers, states: ['held'] },
	{ path: '/group', label: t('pages.group'), roles: planners, states: ['held'] },
	{
		path: '/take-back',
		label: t('pages.take-back'),
		roles: ['facilitator'],
		isOwn: true,
		states: ['held'],
	},
];

/** Those this person can open now. */
export function sessionPages(
	dialog: Pick<DialogDetail, 'status' | 'isMine'>,
	roles: readonly string[],
): { path: string; label: string }[] {
	return pages
		.filter((page) => page.roles.some((role) => roles.includes(role)))
		.filter(
			({ isOwn, dutyFree }) =>
				!isOwn || dialog.isMine || dutyFree?.some((role) => roles.includes(role)),
		)
		.filter(({ states }) => !states || states.includes(dialog.status))
		.map(({ path, label }) => ({ path, label }));
}
