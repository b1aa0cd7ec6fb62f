import { readBallot } from '@throughline/db/queries/ballot';
import { listSamplePeople } from '@throughline/db/queries/person';
import { hashCode, parseCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';
import {
	type FirstAddresses,
	readFirstAddresses,
	studentLink,
	writeFirstAddresses,
} from './first-addresses.ts';

const LINK_MINUTES = 8 * 60;

/**
 * Where a newcomer to the sample goes first, written to the data folder as well: links to answer
 * with codes not used yet, and fresh sign-in links for one person of each role.
 * @returns null when there is no sample.
 */
export async function newcomerAddresses(
	deps: Deps,
	address: string,
): Promise<FirstAddresses | null> {
	const people = await listSamplePeople(deps.db, deps.clock());
	if (people.length === 0) {
		return null;
	}
	const kept = await readFirstAddresses(deps.config.DATA_DIR);
	const addresses: FirstAddresses = {
		studentLinks: await unusedLinks(deps, kept, address),
		signInLinks: {},
		...(kept?.slip && { slip: kept.slip }),
	};
	for (const { email, roles } of people) {
		for (const role of roles) {
			addresses.signInLinks[role] ??= await deps.signIn.makeLink(email, { minutes: LINK_MINUTES });
		}
	}
	await writeFirstAddresses(deps.config.DATA_DIR, addresses);
	return addresses;
}

async function unusedLinks(
	deps: Deps,
	kept: FirstAddresses | null,
	address: string,
): Promise<FirstAddresses['studentLinks']> {
	const links: FirstAddresses['studentLinks'] = [];
	for (const { url, code } of kept?.studentLinks ?? []) {
		const linkKey = new URL(url).pathname.split('/').at(-1) ?? '';
		if (await isUnused(deps, linkKey, code)) {
			links.push(studentLink(address, linkKey, code));
		}
	}
	return links;
}

async function isUnused(deps: Deps, linkKey: string, typed: string): Promise<boolean> {
	const window = await deps.db
		.selectFrom('survey_window')
		.select(['id', 'engagement_id'])
		.where('link_key', '=', linkKey)
		.executeTakeFirst();
	const code = parseCode(typed);
	if (!window || code === null) {
		return false;
	}
	const ballot = await readBallot(deps.db, {
		engagementId: window.engagement_id,
		windowId: window.id,
		codeHash: hashCode(deps.keys.pepper, window.id, code),
	});
	return ballot !== undefined && !ballot.isSpent;
}
