/** Where words spoken in a dialog session come from, as far as it may be told. */
export interface DialogSource {
	site: string;
	/** Null where too few took part for the group's name to be told. */
	group: string | null;
}

/**
 * What may be told of a dialog session beside words that were said in it: the site, and the name
 * of the student group only when at least `minN` took part. A small group's name beside a sentence
 * leaves too few who can have said it. A session whose participants were never counted is small.
 *
 * @example
 * dialogSource({ site: 'North', group: 'Chess club', participants: 8 }, { minN: 10 });
 * // { site: 'North', group: null }
 */
export function dialogSource(
	session: { site: string; group: string | null; participants: number | null },
	{ minN }: { minN: number },
): DialogSource {
	const isLargeEnough = (session.participants ?? 0) >= minN;
	return { site: session.site, group: isLargeEnough ? session.group : null };
}

/**
 * How a quote from a dialog session may be attributed: with its site where one session there had
 * at least `k` people, else as from a dialog session where all sessions together had; null where
 * not even those make `k`. Sessions at one site can share people, so there only the largest counts.
 *
 * @example
 * const sessions = [{ siteId: 'n', participants: 12 }, { siteId: 's', participants: 8 }];
 * dialogAttribution('n', sessions, { k: 10 }); // 'site'
 * dialogAttribution('s', sessions, { k: 10 }); // 'session'
 */
export function dialogAttribution(
	siteId: string,
	sessions: readonly { siteId: string; participants: number | null }[],
	{ k }: { k: number },
): 'site' | 'session' | null {
	const atLeast = new Map<string, number>();
	for (const session of sessions) {
		const known = atLeast.get(session.siteId) ?? 0;
		atLeast.set(session.siteId, Math.max(known, session.participants ?? 0));
	}
	if ((atLeast.get(siteId) ?? 0) >= k) {
		return 'site';
	}
	const everywhere = [...atLeast.values()].reduce((sum, people) => sum + people, 0);
	return everywhere >= k ? 'session' : null;
}
