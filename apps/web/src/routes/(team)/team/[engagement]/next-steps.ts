import type { EngagementOverview, RateWindows } from '@throughline/api/client';
import type { Key } from '#lib/i18n/text.ts';

export interface NextStep {
	key: Key<'staff'>;
	href: string;
	/** The window it is about, where it is about one. */
	label: string;
}

/** What a step waits for. */
type When = 'before_windows' | 'with_survey' | 'without_survey';

/** What each role does next, in the order of the way from mandate to public page. */
const byRole: readonly { role: string; key: Key<'staff'>; path: string; when?: When }[] = [
	{ role: 'administrator', key: 'next.people', path: '/people' },
	{ role: 'administrator', key: 'next.places', path: '/places', when: 'before_windows' },
	{ role: 'administrator', key: 'next.publish', path: '/surveys', when: 'without_survey' },
	{ role: 'administrator', key: 'next.windows', path: '/windows', when: 'with_survey' },
	{ role: 'administrator', key: 'next.dialogs', path: '/dialogs' },
	{ role: 'facilitator', key: 'next.dialogs', path: '/dialogs' },
	{ role: 'data_steward', key: 'next.windowsRead', path: '/windows' },
	{ role: 'coder', key: 'next.coding', path: '/coding' },
	{ role: 'data_steward', key: 'next.quotes', path: '/quotes' },
	{ role: 'data_steward', key: 'next.release', path: '/releases' },
	{ role: 'administrator', key: 'next.release', path: '/releases' },
	{ role: 'advisory_member', key: 'next.results', path: '/results' },
	{ role: 'advisory_member', key: 'next.findings', path: '/findings' },
	{ role: 'advisory_member', key: 'next.recommendations', path: '/recommendations' },
	{ role: 'advisory_member', key: 'next.survey', path: '/surveys' },
];

/**
 * What needs this person next: open windows first, then the work of their roles.
 * @param given.hasSurvey whether a survey is published, without which no window can be made.
 */
export function nextSteps(
	overview: Pick<EngagementOverview, 'roles'>,
	given: { slug: string; windows: RateWindows['windows']; hasSurvey: boolean },
): NextStep[] {
	const { slug, windows, hasSurvey } = given;
	const isDue: Record<When, boolean> = {
		before_windows: windows.length === 0,
		with_survey: hasSurvey,
		without_survey: !hasSurvey,
	};
	const base = `/team/${slug}`;
	const open = windows
		.filter(({ status }) => status === 'open')
		.map(({ id, label }) => ({ key: 'next.open' as const, href: `${base}/rates/${id}`, label }));
	const work = byRole
		.filter(({ when }) => when === undefined || isDue[when])
		.filter(({ role }) => overview.roles.some((held) => held === role))
		.map(({ key, path }) => ({ key, href: base + path, label: '' }));
	// Someone with two roles is sent to a page once.
	const once = work.filter(
		({ href, key }, index) =>
			work.findIndex((other) => other.href === href && other.key === key) === index,
	);
	return [...open, ...once];
}
