import type { EngagementOverview, RateWindows } from '@throughline/api/client';
import type { Key } from '#lib/i18n/text.ts';

export interface NextStep {
	key: Key<'staff'>;
	href: string;
	/** The window it is about, where it is about one. */
	label: string;
}

/** What each role does next, in the order of the way from mandate to public page. */
const byRole: readonly { role: string; key: Key<'staff'>; path: string }[] = [
	{ role: 'administrator', key: 'next.people', path: '/people' },
	{ role: 'administrator', key: 'next.windows', path: '/windows' },
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

/** What needs this person next: open windows first, then the work of their roles. */
export function nextSteps(
	overview: Pick<EngagementOverview, 'roles'>,
	{ slug, windows }: { slug: string; windows: RateWindows['windows'] },
): NextStep[] {
	const base = `/team/${slug}`;
	const open = windows
		.filter(({ status }) => status === 'open')
		.map(({ id, label }) => ({ key: 'next.open' as const, href: `${base}/rates/${id}`, label }));
	const work = byRole
		.filter(({ role }) => overview.roles.some((held) => held === role))
		.map(({ key, path }) => ({ key, href: base + path, label: '' }));
	// Someone with two roles is sent to a page once.
	const once = work.filter(
		({ href, key }, index) =>
			work.findIndex((other) => other.href === href && other.key === key) === index,
	);
	return [...open, ...once];
}
