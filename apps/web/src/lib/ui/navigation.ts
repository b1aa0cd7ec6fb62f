export interface NavItem {
	href: string;
	label: string;
	/** Roles that may open the page; everyone when left out. */
	roles?: readonly string[];
}

/** The pages a person with these roles is shown. What they may do there, the API decides. */
export function navFor(items: readonly NavItem[], roles: readonly string[]): NavItem[] {
	return items.filter(
		(item) => item.roles === undefined || item.roles.some((role) => roles.includes(role)),
	);
}

/** The item the page belongs to: the one whose address is the longest part of the path. */
export function currentItem(items: readonly NavItem[], pathname: string): NavItem | undefined {
	return items
		.filter(({ href }) => pathname === href || pathname.startsWith(href.replace(/\/?$/, '/')))
		.toSorted((a, b) => b.href.length - a.href.length)[0];
}
