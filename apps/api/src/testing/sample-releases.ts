import { prepareRelease } from '../actions/prepare-release.ts';
import { createResultsReader } from '../results/read-window.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import type { StaffRole } from '@throughline/db/schema';
import { seedPerson } from './seed-engagement.ts';
import { staff, type testApp } from './test-app.ts';

type TestApp = ReturnType<typeof testApp>;

/** The sample with its frozen release, and people who release. */
export async function sampleReleases(sut: TestApp) {
	const { db } = sut.deps;
	const { engagementId } = await loadSample(sut.deps);
	const frozen = await db
		.selectFrom('release')
		.select(['id', 'slug', 'window_id'])
		.executeTakeFirstOrThrow();
	const person = async (name: string, roles: StaffRole[]) => {
		const id = await seedPerson(db, { engagementId, email: `${name}@example.org`, roles });
		return staff(id, engagementId, roles);
	};
	const steward = await person('steward', ['data_steward']);
	const base = `/api/engagements/${engagementId}/releases`;
	return {
		engagementId,
		windowId: frozen.window_id,
		frozenId: frozen.id,
		base,
		people: {
			steward,
			administrator: await person('first', ['administrator']),
			secondAdministrator: await person('second', ['administrator']),
			advisory: await person('advisory', ['advisory_member']),
			coder: await person('coder', ['coder']),
		},
		/** A draft of the sample's window. */
		async prepare(slug: string, options: { leftOut?: string[] } = {}) {
			return await prepareRelease(sut.deps, createResultsReader(db), {
				engagementId,
				windowId: frozen.window_id,
				releaseId: null,
				slug,
				title: `Release ${slug}`,
				personId: steward.type === 'staff' ? steward.personId : '',
				...options,
			});
		},
	};
}

export type SampleReleases = Awaited<ReturnType<typeof sampleReleases>>;
