import { describeOn } from '@throughline/db/testing';
import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { recordResponseRates } from '../jobs/record-response-rates.ts';
import { policyOfHandler } from '../http/authorise.ts';
import { staffRoles } from '../routes/people/schema.ts';
import { verbs } from '../policies/verbs.ts';
import { createResultsReader, type CountedWindow } from '../results/read-window.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import { whoseRowsStandIn } from '../testing/rows-in-text.ts';
import { groupNumbers, numbersIn, publicNumbers } from '../testing/telling-numbers.ts';
import { staff, testApp } from '../testing/test-app.ts';
import {
	type Address,
	type Answer,
	askAll,
	getRoutes,
	listAddresses,
} from '../testing/walk-get-routes.ts';

/** Shorter answers may stand in a question or a codebook by chance. */
const TELLING = 30;

// What is read is the same on both databases; one is enough for a walk of minutes.
describeOn('server', 'with the sample loaded, no GET route', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let engagementId: string;
	let window: CountedWindow;
	let addresses: Address[];
	let answers: Answer[];

	/** Someone who may read everything there is: a coder with every role but the one that may not. */
	async function allSeeing() {
		const coder = await getDatabase()
			.db.selectFrom('engagement_role')
			.select('person_id')
			.where('role', '=', 'coder')
			.orderBy('person_id')
			.executeTakeFirstOrThrow();
		const roles = staffRoles.filter((role) => role !== 'police_partner');
		return staff(coder.person_id, engagementId, roles);
	}

	/** Gives them a duty in every dialog session: nobody else reads what was said there. */
	async function takeNotes() {
		await sql`
			insert into dialog_duty (engagement_id, id, session_id, role, person_id)
			select s.engagement_id, gen_random_uuid(), s.id, 'note_taker',
				(select person_id from engagement_role where role = 'coder' order by person_id limit 1)
			from dialog_session s
		`.execute(getDatabase().db);
	}

	beforeAll(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		({ engagementId } = await loadSample(sut.deps));
		await recordResponseRates(sut.deps);
		const { id } = await db
			.selectFrom('survey_window')
			.select('id')
			.where('status', '=', 'opened')
			.executeTakeFirstOrThrow();
		window = await createResultsReader(db).read({ engagementId, windowId: id });
		await takeNotes();
		sut.signInAs(await allSeeing());
		const asked = { windowId: id, reason: 'So that there is one to look at.' };
		await sut.send('POST', `/api/engagements/${engagementId}/exports`, asked);
		addresses = await listAddresses(sut, engagementId);
		answers = await askAll(sut, addresses);
	}, 300_000);

	test('is left out, and nearly all of them answer', () => {
		const answered = new Set(
			answers.filter(({ status }) => status === 200).map(({ route }) => route),
		);
		expect(answers.length).toBeGreaterThan(300);
		expect(getRoutes(sut).filter((route) => !answered.has(route))).toEqual([
			// A kit goes to a tablet of the project alone, and no session of the sample kept its sound.
			'/api/engagements/:engagementId/dialogs/:sessionId/kit',
			'/api/engagements/:engagementId/dialogs/:sessionId/recordings/:recordingId',
			'/api/engagements/:engagementId/dialogs/:sessionId/recordings/:recordingId/audio',
			'/api/engagements/:engagementId/dialogs/:sessionId/recordings/:recordingId/original',
			'/api/engagements/:engagementId/dialogs/:sessionId/recordings/:recordingId/peaks',
			'/api/engagements/:engagementId/quotes/:quoteId/audio',
			'/api/engagements/:engagementId/uploads/:recordingId',
			// Without its link there is no group, without a code no step to see.
			'/api/group',
			'/api/student/:link/steps/:step',
		]);
		expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
	});

	test('gives the id of a response, of an envelope, or the hash of a code', async () => {
		const { db } = getDatabase();
		const { rows } = await sql<{ secret: string }>`
			select id::text as secret from response
			union all select id::text from envelope
			union all select encode(code_hash, 'hex') from access_code
		`.execute(db);
		const secrets = new Set(rows.map(({ secret }) => secret));
		expect(secrets.size).toBeGreaterThan(2800);
		const found = answers.flatMap(({ path, text }) =>
			[...text.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g)]
				.filter(([id]) => secrets.has(id))
				.map(([id]) => `${path}: ${id}`),
		);
		expect(found).toEqual([]);
	});

	describe('gives a whole response', () => {
		async function findRows(texts: readonly Answer[]): Promise<string[]> {
			const rows = await getDatabase().db.selectFrom('response').select('answers').execute();
			const closed = window.survey.questions.filter(({ kind }) => kind === 'closed');
			const find = whoseRowsStandIn(
				rows.map(({ answers: { values } }) => values),
				closed.map(({ id }) => id),
			);
			return texts.filter(({ text }) => find(text)).map(({ path }) => path);
		}

		test('to somebody with every role', async () => {
			expect(await findRows(answers)).toEqual([]);
		});

		test.each(staffRoles)('to a %s', async (role) => {
			const principal = await allSeeing();
			const personId = principal.type === 'staff' ? principal.personId : '';
			sut.signInAs(staff(personId, engagementId, [role]));
			const some = [...Map.groupBy(addresses, ({ route }) => route).values()];
			const own = await askAll(
				sut,
				some.flatMap(([first]) => first ?? []),
			);
			sut.signInAs(principal);
			expect(own.length).toBeGreaterThan(40);
			expect(await findRows(own)).toEqual([]);
		});

		test('and one that did would be noticed, as JSON and as a line (the control)', async () => {
			const row = await getDatabase()
				.db.selectFrom('response')
				.select('answers')
				// One of few answers is like others: its row would not be told from theirs.
				.orderBy(sql`(select count(*) from jsonb_object_keys(answers -> 'values'))`, 'desc')
				.orderBy('id')
				.executeTakeFirstOrThrow();
			const { values } = row.answers;
			const closed = window.survey.questions.filter(({ kind }) => kind === 'closed');
			const line = closed.map(({ id }) => [values[id] ?? ''].flat().join(';')).join(',');
			const texts = [JSON.stringify(values), JSON.stringify({ rows: [values] }), line];
			const found = await findRows(
				texts.map((text, n) => ({ route: '', path: String(n), status: 200, text })),
			);
			expect(found).toEqual(['0', '1', '2']);
		});
	});

	describe('gives what a student wrote', () => {
		let leaking: Set<string>;
		beforeAll(async () => {
			const { db } = getDatabase();
			const { rows: raw } = await sql<{ text: string }>`
				select distinct v.value as text from response r,
					lateral jsonb_each_text(r.answers -> 'values') v
				where length(v.value) >= ${TELLING} and v.value not like '[%'
			`.execute(db);
			const { rows: cleared } = await sql<{ text: string }>`
				select substring(e.text from q.start_at + 1 for q.end_at - q.start_at) as text
				from quote q join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
			`.execute(db);
			const quoted = cleared.map(({ text }) => text);
			const texts = raw
				.map(({ text }) => text)
				.filter((text) => !quoted.some((quote) => quote.includes(text)))
				.map((text) => JSON.stringify(text).slice(1, -1));
			expect(texts.length).toBeGreaterThan(500);
			leaking = new Set(
				answers
					.filter((answer) => texts.some((text) => answer.text.includes(text)))
					.map(({ route }) => route),
			);
		}, 120_000);

		test('but the ones that hand excerpts to coders, and quotes to whoever clears them', () => {
			const allowed = /\/(coding|disagreements|quotes)(\/|$)/;
			expect([...leaking].filter((route) => !allowed.test(route))).toEqual([]);
			expect(leaking.size).toBeGreaterThan(1);
		});

		test('to anyone but coders, administrators and stewards', () => {
			const readers = [...leaking].flatMap((route) =>
				sut.app.routes
					.filter(({ method, path }) => method === 'GET' && path === route)
					.flatMap(({ handler }) => {
						const verb = policyOfHandler(handler);
						return verb === null ? [] : verbs[verb];
					}),
			);
			const expected: string[] = ['coder', 'data_steward', 'administrator'];
			expect(readers.length).toBeGreaterThan(0);
			expect(readers.filter((role) => !expected.includes(role))).toEqual([]);
		});
	});

	test('gives the exact number of a group, or of those in it who chose something', async () => {
		const known = await publicNumbers(getDatabase().db, window);
		const secret = new Set(groupNumbers(window).filter((n) => n >= 100 && !known.has(n)));
		expect(secret.size).toBeGreaterThan(100);
		const found = answers
			.filter(({ route }) =>
				/results|releases|rates|findings|recommendations|codebook|codes/.test(route),
			)
			.flatMap(({ route, text }) =>
				numbersIn(text)
					.filter((n) => secret.has(n))
					.map((n) => `${route}: ${n}`),
			);
		expect([...new Set(found)]).toEqual([]);
	});

	test('tells two worlds apart that differ only inside groups that are not shown', async () => {
		const isShown = (label: string) =>
			answers.some(
				({ path, text }) => /by-(race|gender)$/.test(path) && text.includes(`"label":"${label}"`),
			);
		expect(isShown('White')).toBe(true);
		expect(isShown('Native Hawaiian or Pacific Islander')).toBe(false);

		// Three students and three others change places: every answer of the three is another one now.
		const { db } = getDatabase();
		expect(
			await swapGroups(db, { question: questionWith('race_ethnicity'), codes: ['nhpi', 'self'] }),
		).toBe(3);
		const elsewhere = testApp(db);
		elsewhere.signInAs(await allSeeing());
		const others = await askAll(elsewhere, addresses);

		const texts = new Map(answers.map(({ path, text }) => [path, text]));
		const differing = others.filter(({ path, text }) => texts.get(path) !== text);
		expect(differing.map(({ path }) => path)).toEqual([]);

		// The control: the same between groups that are shown is seen.
		const question = questionWith('race_ethnicity');
		expect(await swapGroups(db, { question, codes: ['asian', 'white'] })).toBeGreaterThan(10);
		const third = testApp(db);
		third.signInAs(await allSeeing());
		const byRace = addresses.filter(({ path }) => path.endsWith('?by=race'));
		const [changed] = await askAll(third, byRace);
		expect(changed?.status).toBe(200);
		expect(changed?.text).not.toBe(texts.get(changed?.path ?? ''));
	}, 300_000);

	function questionWith(field: string): string {
		const question = window.survey.questions.find(({ definition }) => definition.field === field);
		return question?.id ?? '';
	}
});

/**
 * Gives as many students of the smaller group as there are the label of the larger, and the same
 * number of the larger group that of the smaller. Returns how many of each.
 */
async function swapGroups(
	db: Kysely<Schema>,
	{ question, codes }: { question: string; codes: [string, string] },
): Promise<number> {
	const of = (code: string) => sql`
		select id, row_number() over (order by answers -> 'values') as place from response
		where answers -> 'values' -> ${question}::text in (to_jsonb(${code}::text), to_jsonb(array[${code}::text]))
	`;
	const [one, other] = codes;
	const result = await sql`
		with a as (${of(one)}), b as (${of(other)}),
			pairs as (select a.id as one, b.id as other from a join b on b.place = a.place),
			labels as (
				select p.one as id, r.answers -> 'values' -> ${question}::text as label
				from pairs p join response r on r.id = p.other
				union all
				select p.other, r.answers -> 'values' -> ${question}::text
				from pairs p join response r on r.id = p.one
			)
		update response r set answers = jsonb_set(r.answers, array['values', ${question}::text], l.label)
		from labels l where l.id = r.id
	`.execute(db);
	return Number(result.numAffectedRows ?? 0) / 2;
}
