import type { StaffRole } from '@throughline/db/schema';
import { canonicalJson } from '@throughline/survey-engine';
import { prepareRelease } from '../actions/prepare-release.ts';
import type { Principal } from '../policies/principal.ts';
import { createResultsReader } from '../results/read-window.ts';
import { seedPerson } from './seed-engagement.ts';
import { seedStudentWindow } from './seed-student-window.ts';
import { staff, type testApp } from './test-app.ts';

type TestApp = ReturnType<typeof testApp>;

/**
 * A small engagement whose window is opened: 75 answers, no codings, no findings. Its people and
 * what they do with releases. Each call makes another one.
 */
export async function seedReleasing(sut: TestApp, options: { perCohort?: number[] } = {}) {
	const { db } = sut.deps;
	const seeded = await seedStudentWindow(db, sut.deps, { status: 'opened', codes: [0, 0, 0] });
	const { engagementId, windowId } = seeded;
	await answer(sut, seeded, options.perCohort ?? [30, 25, 20]);
	const person = async (name: string, role: StaffRole): Promise<Principal> => {
		const email = `${name}-${engagementId}@example.org`;
		const id = await seedPerson(db, { engagementId, email, roles: [role] });
		return staff(id, engagementId, [role]);
	};
	const steward = await person('steward', 'data_steward');
	return {
		engagementId,
		windowId,
		/** Where its releases are on the API. */
		base: `/api/engagements/${engagementId}/releases`,
		people: {
			steward,
			administrator: await person('first', 'administrator'),
			secondAdministrator: await person('second', 'administrator'),
			advisory: await person('advisory', 'advisory_member'),
			coder: await person('coder', 'coder'),
		},
		/** Prepares a draft and gives its id. */
		async draft(slug: string): Promise<string> {
			const { releaseId } = await prepareRelease(sut.deps, createResultsReader(db), {
				engagementId,
				windowId,
				releaseId: null,
				slug,
				title: `Release ${slug}`,
				personId: steward.type === 'staff' ? steward.personId : '',
			});
			return releaseId;
		},
	};
}

/** Opened responses as the opening job leaves them; three in five say yes, one in ten skips. */
async function answer(
	sut: TestApp,
	{ engagementId, windowId }: { engagementId: string; windowId: string },
	perCohort: readonly number[],
): Promise<void> {
	const { db, random } = sut.deps;
	const cohorts = await db
		.selectFrom('cohort')
		.select('id')
		.where('window_id', '=', windowId)
		.orderBy('id')
		.execute();
	const rows = cohorts.flatMap(({ id }, place) =>
		Array.from({ length: perCohort[place] ?? 0 }, (_, n) => ({
			engagement_id: engagementId,
			id: random.uuid4(),
			window_id: windowId,
			cohort_id: id,
			answers: canonicalJson({
				meta: { survey: '', notice: '', language: 'en' },
				values: n % 10 === 9 ? {} : { Q1: n % 5 < 3 ? 'yes' : 'no', Q4: n % 2 ? 'yes' : 'no' },
			}),
		})),
	);
	if (rows.length > 0) {
		await db.insertInto('response').values(rows).execute();
	}
}
