import { describeOn } from '@throughline/db/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { recordResponseRates } from '../jobs/record-response-rates.ts';
import { staffRoles } from '../routes/people/schema.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import { roleInitials } from '../testing/role-initials.ts';
import { fillRoute, listRoutes, oneOfEach } from '../testing/fill-route.ts';
import { staff, testApp } from '../testing/test-app.ts';

/** Names of things inside an answer that are data, not fields: ids, languages, question ids. */
const NAMES = /^([0-9a-f]{8}-|(en|es|ar|so|hmn|kar)$|[A-Z]+\d+$|\d+$)/;
/** Parts that some things have and others have not: told by their name alone. */
const PARTS = new Set(['dialog', 'question', 'detail', 'shown', 'report', 'share', 'participants']);

/** People, sessions, and what students wrote or said. */
const watched = [
	'/people',
	'/audit',
	'/rates/:windowId',
	'/exports',
	'/exports/:exportId',
	'/coding/next',
	'/quotes',
	'/own-dialogs',
	'/safety',
	'/dialogs',
	'/dialogs/:sessionId',
	'/dialogs/:sessionId/letter',
	'/dialogs/:sessionId/recordings',
	'/dialogs/:sessionId/transcripts',
	'/dialogs/:sessionId/transcripts/:transcriptId',
	'/dialogs/:sessionId/transcripts/:transcriptId/turns',
	'/transcripts',
	'/redactions',
	'/flags',
	'/voices/:sessionId/seats',
	'/fairness/:sessionId',
];

/** Every field of an answer, by its path; elements of a list share theirs. */
function fieldsOf(value: unknown, at = ''): string[] {
	if (Array.isArray(value)) {
		return value.flatMap((element) => fieldsOf(element, `${at}[]`));
	}
	if (typeof value !== 'object' || value === null) {
		return [at];
	}
	return Object.entries(value).flatMap(([name, part]) => {
		const below = `${at}.${NAMES.test(name) ? '*' : name}`;
		return PARTS.has(name) ? [below] : fieldsOf(part, below);
	});
}

// What is shown is the same on both databases; one is enough for a walk of this size.
describeOn('server', 'what each role sees', (getDatabase) => {
	test('of people, sessions and what students said is as written in the table', async () => {
		const { db } = getDatabase();
		const sut = testApp(db);
		const { engagementId } = await loadSample(sut.deps);
		await recordResponseRates(sut.deps);
		const values = await oneOfEach(db, engagementId);
		const person = values['personId'] ?? '';
		await sql`
			insert into dialog_duty (engagement_id, id, session_id, role, person_id)
			select engagement_id, gen_random_uuid(), id, 'note_taker', ${person}::uuid
			from dialog_session
		`.execute(db);
		sut.signInAs(staff(person, engagementId, ['data_steward']));
		const asked = { windowId: await openedWindow(), reason: 'So that there is one to look at.' };
		const made = await sut.send('POST', `/api/engagements/${engagementId}/exports`, asked);
		expect(made.status).toBe(201);
		const { id: exportId } = made.body as { id: string };

		async function openedWindow() {
			const { rows } = await sql<{ id: string }>`
				select id from survey_window where status = 'opened' order by id limit 1
			`.execute(db);
			return rows[0]?.id ?? '';
		}

		const base = '/api/engagements/:engagementId';
		const lines: string[] = [];
		const known = listRoutes(sut).map(({ name }) => name);
		for (const path of watched) {
			expect(known).toContain(`GET ${base}${path}`);
			const seen = new Map<string, string[]>();
			for (const role of staffRoles) {
				sut.signInAs(staff(person, engagementId, [role]));
				const address = fillRoute(base + path, { ...values, exportId });
				const { status, body } = await sut.send('GET', address);
				for (const field of status === 200 ? new Set(fieldsOf(body)) : []) {
					seen.set(field, [...(seen.get(field) ?? []), roleInitials[role]]);
				}
			}
			lines.push(path);
			for (const [field, roles] of [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
				const cells = staffRoles.map((role) =>
					roles.includes(roleInitials[role]) ? roleInitials[role] : '.',
				);
				lines.push(`  ${cells.join('')} ${field}`);
			}
		}
		const head = [
			'Which role sees which field, asked for real in the sample, as somebody with a duty in every',
			'session. F facilitator, C coder, S safety responder, M advisory member, A administrator,',
			'D data steward, O complaint officer, P police partner.',
			'',
		];
		await expect(`${[...head, ...lines].join('\n')}\n`).toMatchFileSnapshot('fields-by-role.txt');
	}, 300_000);
});
