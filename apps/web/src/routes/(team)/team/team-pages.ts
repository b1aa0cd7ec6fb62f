import { text, type Key } from '#lib/i18n/text.ts';
import type { NavItem } from '#lib/ui/navigation.ts';

/** The pages of an engagement, with the roles the API lets in (policies/verbs.ts). */
const pages: readonly { path: string; label: Key<'staff'>; roles?: readonly string[] }[] = [
	{ path: '', label: 'nav.overview' },
	{
		path: '/surveys',
		label: 'nav.surveys',
		roles: ['administrator', 'data_steward', 'advisory_member'],
	},
	{ path: '/windows', label: 'nav.windows', roles: ['administrator', 'data_steward'] },
	{
		path: '/rates',
		label: 'nav.rates',
		roles: ['administrator', 'data_steward', 'advisory_member'],
	},
	{
		path: '/dialogs',
		label: 'nav.dialogs',
		roles: ['facilitator', 'administrator', 'data_steward', 'advisory_member'],
	},
	{ path: '/coding', label: 'nav.coding', roles: ['coder'] },
	{
		path: '/codebook',
		label: 'nav.codebook',
		roles: ['coder', 'advisory_member', 'administrator', 'data_steward'],
	},
	{ path: '/quotes', label: 'nav.quotes', roles: ['coder', 'data_steward', 'administrator'] },
	{
		path: '/results',
		label: 'nav.results',
		roles: ['advisory_member', 'administrator', 'data_steward', 'coder', 'facilitator'],
	},
	{
		path: '/findings',
		label: 'nav.findings',
		roles: ['advisory_member', 'administrator', 'data_steward', 'coder'],
	},
	{
		path: '/recommendations',
		label: 'nav.recommendations',
		roles: ['advisory_member', 'administrator', 'data_steward'],
	},
	{
		path: '/releases',
		label: 'nav.releases',
		roles: ['data_steward', 'administrator', 'advisory_member'],
	},
	{ path: '/exports', label: 'nav.exports', roles: ['data_steward', 'administrator'] },
	{
		path: '/flags',
		label: 'nav.flags',
		roles: ['advisory_member', 'administrator', 'data_steward', 'coder'],
	},
	{ path: '/safety', label: 'nav.safety', roles: ['safety_responder'] },
	{ path: '/devices', label: 'nav.devices', roles: ['administrator'] },
	{ path: '/redactions', label: 'nav.redactions', roles: ['data_steward'] },
	{ path: '/people', label: 'nav.people', roles: ['administrator'] },
	{ path: '/places', label: 'nav.places', roles: ['administrator'] },
	{ path: '/record', label: 'nav.record', roles: ['data_steward', 'administrator'] },
	{ path: '/retention', label: 'nav.retention', roles: ['data_steward', 'administrator'] },
];

export function teamPages(slug: string): NavItem[] {
	const t = text('staff', 'en');
	return pages.map(({ path, label, roles }) => ({
		href: `/team/${slug}${path}`,
		label: t(label),
		...(roles && { roles }),
	}));
}
