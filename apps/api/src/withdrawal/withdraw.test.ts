import { listDecidedExcerpts } from '@throughline/db/queries/suggestion-model';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FlagList } from '../routes/flags/schema.ts';
import { seedCodebook, type ThemeKey } from '../testing/seed-coding.ts';
import { seedHeldDialog } from '../testing/seed-held-dialog.ts';
import { seedPerson } from '../testing/seed-engagement.ts';
import { seedReleasing } from '../testing/seed-release.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { silenceTakenBack } from './withdraw-seat.ts';

const SAFE = 'The hall by the gym feels safe to me every day.';
const LONG = 'I walk the long way round so that nobody stops me.';

describeOnBothDatabases('words spoken in a dialog session', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let place: Awaited<ReturnType<typeof seedReleasing>>;
	let dialog: Awaited<ReturnType<typeof seedHeldDialog>>;
	let themeIds: Record<ThemeKey, string>;
	let coders: string[];
	let lead: string;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		place = await seedReleasing(sut);
		const { engagementId } = place;
		base = `/api/engagements/${engagementId}`;
		themeIds = await seedCodebook(db, engagementId);
		const site = await db
			.selectFrom('site as s')
			.innerJoin('engagement as e', 'e.district_id', 's.district_id')
			.select('s.id')
			.where('e.id', '=', engagementId)
			.where('s.key', '=', 'north')
			.executeTakeFirstOrThrow();
		coders = [];
		for (const name of ['ada', 'ben']) {
			const email = `${name}-${engagementId}@example.org`;
			coders.push(await seedPerson(db, { engagementId, email, roles: ['coder'] }));
		}
		lead = await seedPerson(db, {
			engagementId,
			email: `lead-${engagementId}@example.org`,
			roles: ['facilitator'],
		});
		dialog = await seedHeldDialog(sut.deps, {
			engagementId,
			siteId: site.id,
			key: `ds-${engagementId.slice(-8)}`,
			group: 'Chess club',
			participants: 12,
			seats: ['Voice A', 'Voice B', 'Voice C'],
			allows: { 'Voice C': ['recorded', 'transcribed', 'kept'] },
			leadId: lead,
			said: [
				{ seats: ['Voice A'], text: SAFE },
				{ seats: ['Voice B'], text: LONG },
				{ seats: ['Voice A', 'Voice B'], text: 'We both said that the lunch line is too long.' },
				{ seats: ['Voice C'], text: 'I would rather not be quoted on this at all.' },
				{ seats: [], text: 'Somebody said this and nobody knows who.' },
			],
		});
	});

	afterEach(() => sut.deps.suggestions.stop());

	const at = (index: number) => dialog.excerptIds[index] ?? '';
	const slipOf = (label: string) => dialog.seats.get(label)?.slip ?? '';
	const asCoder = (index = 0) =>
		sut.signInAs(staff(coders[index] ?? '', place.engagementId, ['coder']));
	const decide = (index: number, ...keys: ThemeKey[]) =>
		sut.send('PUT', `${base}/coding/excerpts/${at(index)}/decision`, {
			themeIds: keys.map((key) => themeIds[key]),
		});
	const propose = (index: number, endAt: number) =>
		sut.send('POST', `${base}/quotes`, { excerptId: at(index), startAt: 0, endAt });
	const withdraw = (label: string, choice: string, session = dialog.slipCode) => {
		sut.signInAs({ type: 'public' });
		return sut.send('POST', '/api/withdrawals', { session, slip: slipOf(label), choice });
	};
	const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id; // the route's promise

	/** A quote of an excerpt from its start, cleared by two coders. */
	async function cleared(index: number, endAt: number): Promise<string> {
		asCoder(0);
		const id = idOf(await propose(index, endAt));
		for (const coder of [0, 1]) {
			asCoder(coder);
			await sut.send('PUT', `${base}/quotes/${id}/clearance`, { isCleared: true, reason: 'Fine.' });
		}
		return id;
	}
	/** A ready finding that rests on quotes alone, with a recommendation on it. */
	async function finding(quoteIds: string[], sentence = 'Some places feel safer than others.') {
		sut.signInAs(place.people.advisory);
		const body = { sentence, minorityView: 'Some saw it otherwise.', tables: [], themeKeys: [] };
		const id = idOf(await sut.send('POST', `${base}/findings`, { ...body, quoteIds }));
		const ready = await sut.send('POST', `${base}/findings/${id}/ready`, { version: 1 });
		const recommendation = idOf(
			await sut.send('POST', `${base}/recommendations`, {
				category: 'other_contract_requests',
				text: 'Open the hall before school.',
				owner: 'Principal',
				measure: 'Days it is open',
				target: 'Every day',
			}),
		);
		const linked = await sut.send('PUT', `${base}/recommendations/${recommendation}/findings`, {
			findingIds: [id],
			version: 1,
		});
		expect([ready.status, linked.status]).toEqual([200, 200]);
		return { id, recommendation };
	}
	async function flags(): Promise<FlagList> {
		sut.signInAs(place.people.advisory);
		return (await sut.send('GET', `${base}/flags`)).body as FlagList; // the route's promise
	}

	describe('are coded', () => {
		test('with the prompt, the site and a group that is large enough, never with a seat', async () => {
			asCoder();
			const { body } = await sut.send('GET', `${base}/coding/next?limit=10`);

			expect(body).toMatchObject({
				excerpts: dialog.excerptIds.map(() => ({
					question: null,
					dialog: {
						prompt: 'When do you feel safe at school?',
						site: 'north school',
						group: 'Chess club',
					},
				})),
			});
			const text = JSON.stringify(body);
			for (const [label, seat] of dialog.seats) {
				expect(text).not.toContain(label);
				expect(text).not.toContain(seat.id);
			}
		});

		test('without the name of a small group', async () => {
			await getDatabase()
				.db.updateTable('dialog_session')
				.set({ participants: 9 })
				.where('id', '=', dialog.sessionId)
				.execute();
			asCoder();
			const { body } = await sut.send('GET', `${base}/coding/excerpts/${at(0)}`);
			expect(body).toMatchObject({ excerpt: { dialog: { site: 'north school', group: null } } });
		});
	});

	describe('are quoted', () => {
		test('only where everyone who spoke them agreed to it', async () => {
			asCoder();
			expect(await propose(0, 20)).toMatchObject({ status: 201 });
			expect(await propose(2, 20)).toMatchObject({ status: 201 });
			for (const index of [3, 4]) {
				expect(await propose(index, 20)).toMatchObject({
					status: 409,
					body: { error: { code: 'not_quotable' } },
				});
			}
			for (const index of [0, 2, 3, 4]) {
				const { body } = await sut.send('GET', `${base}/quotes/sources/${at(index)}`);
				expect(body).toMatchObject({ mayBeQuoted: index < 3 });
			}
		});

		test('as a student at a session, with the site where enough sat together', async () => {
			const id = await cleared(0, 27);
			sut.signInAs(place.people.advisory);
			const options = await sut.send('GET', `${base}/findings/options`);
			expect(options.body).toMatchObject({
				quotes: [
					{
						id,
						status: 'cleared',
						question: 'When do you feel safe at school?',
						card: {
							text: 'The hall by the gym feels s',
							attribution: 'A student, dialog session at north school',
						},
					},
				],
			});
		});

		test('in a finding, a release and its public page, and every hash is checked', async () => {
			const quote = await cleared(0, SAFE.length);
			await finding([quote]);
			const release = await frozen('dialog-words');
			const read = await publicRelease('dialog-words');
			expect(read.status).toBe(200);
			expect(JSON.stringify(read.body)).toContain(SAFE);
			sut.signInAs(place.people.steward);
			expect(
				(await sut.send('GET', `${base}/releases/${release}/verification`)).body,
			).toMatchObject({ quotes: 1, broken: [], differences: [] });
		});
	});

	/** A release of the window, prepared with a reason, approved by two. */
	async function frozen(slug: string): Promise<string> {
		sut.signInAs(place.people.steward);
		const prepared = await sut.send('POST', `${base}/releases`, {
			windowId: place.windowId,
			slug,
			title: `Release ${slug}`,
			groupReason: 'The group has graduated.',
		});
		expect(prepared).toMatchObject({ status: 201, body: { problems: [] } });
		const id = idOf({ body: { id: Object.values(prepared.body as object)[0] } });
		for (const person of [place.people.steward, place.people.administrator]) {
			sut.signInAs(person);
			expect(await sut.send('POST', `${base}/releases/${id}/approvals`, {})).toMatchObject({
				status: 200,
			});
		}
		return id;
	}
	async function publicRelease(slug: string) {
		sut.signInAs({ type: 'public' });
		return await sut.send('GET', `/api/public/engagements/${place.engagementId}/releases/${slug}`);
	}

	describe('wait for their group before they are released', () => {
		test('unless the steward says why', async () => {
			await finding([await cleared(0, SAFE.length)]);
			sut.signInAs(place.people.steward);
			const body = { windowId: place.windowId, slug: 'early', title: 'Early' };
			expect(await sut.send('POST', `${base}/releases`, body)).toMatchObject({
				body: { problems: [{ code: 'group', target: { type: 'session', id: dialog.sessionId } }] },
			});
		});
	});

	describe('taken back with a slip', () => {
		test('are gone from coding, training, quotes, findings and the public page', async () => {
			asCoder();
			await decide(0, 'A1');
			await decide(1, 'A2');
			const quote = await cleared(0, SAFE.length);
			const { id, recommendation } = await finding(
				[quote],
				`One said “${SAFE}” and others agreed.`,
			);
			const release = await frozen('then-withdrawn');

			expect(await withdraw('Voice A', 'everything')).toMatchObject({
				status: 200,
				body: { choice: 'everything' },
			});

			asCoder();
			const next = await sut.send('GET', `${base}/coding/next?limit=10`);
			const waiting = (next.body as { excerpts: { id: string }[] }).excerpts; // its promise
			expect(waiting.map((own) => own.id).toSorted()).toEqual([at(3), at(4)].toSorted());
			expect((await sut.send('GET', `${base}/coding`)).body).toMatchObject({
				progress: { decided: 1, remaining: 2 },
			});
			expect((await sut.send('GET', `${base}/coding/decided`)).body).toMatchObject({
				decided: [{ id: at(1) }],
			});
			expect(await sut.send('GET', `${base}/coding/excerpts/${at(0)}`)).toMatchObject({
				status: 404,
			});
			expect(await sut.send('GET', `${base}/quotes/sources/${at(0)}`)).toMatchObject({
				status: 404,
			});
			const { db } = getDatabase();
			const trained = await listDecidedExcerpts(db, place.engagementId, { after: null, limit: 10 });
			expect(trained.map((example) => example.id)).toEqual([at(1)]);

			const own = await sut.send('GET', `${base}/quotes/${quote}`);
			expect(own.body).toMatchObject({ status: 'withdrawn', isTakenBack: true, text: '' });

			sut.signInAs(staff(lead, place.engagementId, ['facilitator']));
			const turns = await sut.send(
				'GET',
				`${base}/dialogs/${dialog.sessionId}/transcripts/${dialog.transcriptId}/turns`,
			);
			expect(turns.status).toBe(200);
			expect(JSON.stringify(turns.body)).not.toContain('gym');
			expect((turns.body as { turns: object[] }).turns.slice(0, 2)).toMatchObject([
				{ isTakenBack: true, text: '', spans: [] },
				{ isTakenBack: false, text: LONG },
			]);
			asCoder();

			const list = await flags();
			expect(list.open).toBe(4);
			expect(list.flags.map((flag) => flag.target.type).toSorted()).toEqual([
				'finding',
				'quote',
				'recommendation',
				'release',
			]);
			expect(JSON.stringify(list.flags.filter(({ target }) => target.id === quote))).not.toContain(
				SAFE,
			);

			const seen = await publicRelease('then-withdrawn');
			expect(seen.status).toBe(200);
			expect(JSON.stringify(seen.body)).not.toContain(SAFE);
			expect(seen.body).toMatchObject({
				release: {
					quotes: [
						{
							id: quote,
							text: 'Taken back by the person who said it, January 2026',
							attribution: '',
							hash: '',
							isTakenBack: true,
						},
					],
				},
			});
			sut.signInAs(place.people.steward);
			expect((await sut.send('GET', `${base}/releases/${release}`)).body).toMatchObject({
				release: { takenBackQuotes: 1 },
			});
			expect(
				(await sut.send('GET', `${base}/releases/${release}/verification`)).body,
			).toMatchObject({ broken: [], differences: [] });

			sut.signInAs(place.people.advisory);
			expect((await sut.send('GET', `${base}/findings/${id}`)).body).toMatchObject({
				missing: ['evidence'],
			});
			const step = await sut.send('POST', `${base}/recommendations/${recommendation}/status`, {
				status: 'advisory_review',
				version: 2,
				reason: '',
			});
			expect(step.status).toBe(200);
			expect(
				await sut.send('POST', `${base}/recommendations/${recommendation}/status`, {
					status: 'advisory_approved',
					version: 3,
					reason: '',
				}),
			).toMatchObject({ status: 409, body: { error: { code: 'no_evidence' } } });
		});

		test('silence the recording where the seat speaks, once', async () => {
			await withdraw('Voice A', 'voice');
			await withdraw('Voice A', 'everything');
			const cuts = await getDatabase()
				.db.selectFrom('recording_cut')
				.select(['start_ms', 'end_ms', 'reason'])
				.where('recording_id', '=', dialog.recordingId)
				.orderBy('start_ms')
				.execute();
			// Turns at 0 s and 20 s of the session; the recording began five seconds in.
			expect(cuts).toEqual([
				{ start_ms: 0, end_ms: 4000, reason: 'withdrawn' },
				{ start_ms: 15_000, end_ms: 24_000, reason: 'withdrawn' },
			]);
		});

		test('silence a recording that arrives afterwards', async () => {
			await withdraw('Voice A', 'voice');
			const { db } = getDatabase();
			await db.deleteFrom('recording_cut').execute();
			const key = { engagementId: place.engagementId, sessionId: dialog.sessionId };
			await silenceTakenBack(sut.deps, key);
			const cuts = await db
				.selectFrom('recording_cut')
				.select('start_ms')
				.orderBy('start_ms')
				.execute();
			expect(cuts.map((cut) => cut.start_ms)).toEqual([0, 15_000]);
		});

		test('can be only the quotes: what was said still counts', async () => {
			const quote = await cleared(1, 20);
			await withdraw('Voice B', 'quotes');
			asCoder();
			expect(await sut.send('GET', `${base}/coding/excerpts/${at(1)}`)).toMatchObject({
				status: 200,
			});
			expect((await sut.send('GET', `${base}/quotes/${quote}`)).body).toMatchObject({
				status: 'withdrawn',
				mayBeQuoted: false,
			});
			expect(await propose(1, 20)).toMatchObject({ body: { error: { code: 'not_quotable' } } });
		});

		test('leave the same ledger however often it is asked', async () => {
			const rows = () =>
				getDatabase()
					.db.selectFrom('consent_entry')
					.select('scope')
					.where('session_id', '=', dialog.sessionId)
					.where('source', '=', 'withdrawal')
					.orderBy('scope')
					.execute();
			await cleared(0, 20);
			await withdraw('Voice A', 'everything');
			const [before, raised] = [await rows(), await flags()];
			expect(before).toHaveLength(5);
			expect(await withdraw('Voice A', 'everything')).toMatchObject({ status: 200 });
			expect(await withdraw('Voice A', 'voice')).toMatchObject({ status: 200 });
			expect(await rows()).toEqual(before);
			expect(await flags()).toEqual(raised);
		});

		test('answer a wrong session, a wrong slip and no code at all with the same words', async () => {
			const answers = [
				await withdraw('Voice A', 'everything', 'DS-NONE'),
				await sut.send('POST', '/api/withdrawals', {
					session: dialog.slipCode,
					slip: 'K7QM-2XH9-TPC',
					choice: 'voice',
				}),
				await sut.send('POST', '/api/withdrawals/check', { session: '', slip: 'what?' }),
			];
			for (const { status, body } of answers) {
				expect({ status, body }).toEqual({ status: answers[0]?.status, body: answers[0]?.body });
			}
			expect(answers[0]).toMatchObject({ status: 404, body: { error: { code: 'slip_unknown' } } });
		});

		test('are tried as often as anyone can type, per session and not per address', async () => {
			const wrong = (session: string) =>
				sut.send('POST', '/api/withdrawals/check', { session, slip: 'K7QM-2XH9-TPC' });
			for (let time = 0; time < 60; time += 1) {
				await wrong('DS-77');
			}
			expect(await wrong('ds 77')).toMatchObject({ status: 429 });
			expect(await wrong('DS-78')).toMatchObject({ status: 404 });
			expect(
				await sut.send('POST', '/api/withdrawals/check', {
					session: dialog.slipCode.toLowerCase(),
					slip: slipOf('Voice B').toLowerCase(),
				}),
			).toMatchObject({ status: 200, body: { choices: [{}, {}, {}] } });
		});
	});

	describe('taken back in front of a facilitator', () => {
		test('on duty in this session, and nobody else', async () => {
			const seat = dialog.seats.get('Voice A')?.id ?? '';
			const path = `${base}/voices/${dialog.sessionId}/seats/${seat}/withdrawal`;
			const other = await seedPerson(getDatabase().db, {
				engagementId: place.engagementId,
				email: `other-${place.engagementId}@example.org`,
				roles: ['facilitator'],
			});
			sut.signInAs(staff(other, place.engagementId, ['facilitator']));
			expect(await sut.send('POST', path, { choice: 'voice' })).toMatchObject({ status: 404 });
			sut.signInAs(staff(lead, place.engagementId, ['facilitator']));
			expect(await sut.send('POST', path, { choice: 'voice' })).toMatchObject({ status: 200 });
			const entry = await getDatabase()
				.db.selectFrom('consent_entry')
				.select('witness_id')
				.where('session_id', '=', dialog.sessionId)
				.where('source', '=', 'withdrawal')
				.executeTakeFirstOrThrow();
			expect(entry.witness_id).toBe(lead);
		});
	});

	describe('go back to their group', () => {
		async function link(openUntil = '2026-01-31'): Promise<string> {
			sut.signInAs(staff(lead, place.engagementId, ['facilitator']));
			const made = await sut.send('POST', `${base}/voices/${dialog.sessionId}/reviews`, {
				openUntil,
			});
			expect(made.status).toBe(201);
			return (made.body as { address: string }).address.split('/').at(-1) ?? ''; // its promise
		}
		const ask = async (token: string, method = 'GET', body?: unknown) => {
			sut.signInAs({ type: 'public' });
			const path = method === 'GET' ? '/api/group' : '/api/group/answers';
			const response = await sut.app.request(path, {
				method,
				headers: { 'x-group-token': token, 'content-type': 'application/json' },
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			return { status: response.status, body: (await response.json()) as unknown };
		};

		test('with the themes that count and the words chosen, at a link known to nobody else', async () => {
			asCoder();
			await decide(0, 'A1');
			await cleared(0, 27);
			const token = await link();
			const { body } = await ask(token);
			expect(body).toMatchObject({
				status: 'open',
				heldOn: '2026-01-10',
				openUntil: '2026-01-31',
				segments: [
					{
						text: SAFE,
						themes: ['Safer with an officer'],
						quotes: ['The hall by the gym feels s'],
						answer: null,
					},
					{ text: LONG, themes: [], quotes: [] },
					{},
					{},
					{},
				],
			});
			expect(await ask(`${token}x`)).toMatchObject({ status: 404 });
		});

		test('to be approved, corrected and withdrawn, each harmless to repeat', async () => {
			const quote = await cleared(0, SAFE.length);
			await finding([quote]);
			const token = await link();
			const say = (index: number, kind: string, text = '') =>
				ask(token, 'POST', { excerptId: at(index), kind, text });
			expect(await say(1, 'approve')).toMatchObject({ status: 200 });
			expect(await say(1, 'approve')).toMatchObject({ status: 200 });
			expect(await say(0, 'correct')).toMatchObject({ status: 422 });
			expect(await say(0, 'correct', 'It was the library.')).toMatchObject({ status: 200 });
			const corrected = await flags();
			expect(corrected.flags.map(({ reason }) => reason)).toEqual(
				Array.from({ length: 3 }, () => 'corrected'),
			);
			expect(corrected.flags[0]?.correction).toBe('It was the library.');
			expect(await say(0, 'withdraw')).toMatchObject({ status: 200 });
			expect(await say(0, 'withdraw')).toMatchObject({ status: 404 });
			expect((await flags()).open).toBe(6);

			sut.signInAs(staff(lead, place.engagementId, ['facilitator']));
			const { body } = await sut.send('GET', `${base}/voices/${dialog.sessionId}/reviews`);
			expect(body).toMatchObject({
				reviews: [{ isOpen: true }],
				answers: [
					{ kind: 'withdraw', words: '' },
					{ kind: 'correct', text: 'It was the library.' },
					{ kind: 'approve', words: LONG },
				],
			});
			expect((await ask(token)).body).toMatchObject({ segments: [{ text: LONG }, {}, {}, {}] });
		});

		test('until the last day, and not by an older link', async () => {
			const old = await link();
			const token = await link();
			expect((await ask(old)).body).toMatchObject({ status: 'closed', segments: [] });
			sut.travelTo('2026-02-01T05:59:00Z');
			expect((await ask(token)).body).toMatchObject({ status: 'open' });
			sut.travelTo('2026-02-01T06:01:00Z');
			expect((await ask(token)).body).toMatchObject({ status: 'closed', segments: [] });
			expect(await ask(token, 'POST', { excerptId: at(0), kind: 'approve' })).toMatchObject({
				status: 409,
				body: { error: { code: 'group_review_closed' } },
			});
		});
	});

	test('a flag is resolved with a note, by the team', async () => {
		await finding([await cleared(0, SAFE.length)]);
		await withdraw('Voice A', 'everything');
		const [flag] = (await flags()).flags;
		const path = `${base}/flags/${flag?.id}/resolution`;
		expect(await sut.send('POST', path, { note: ' ' })).toMatchObject({ status: 422 });
		expect(await sut.send('POST', path, { note: 'Other quotes carry it.' })).toMatchObject({
			status: 200,
		});
		expect(await sut.send('POST', path, { note: 'Again.' })).toMatchObject({ status: 404 });
		const list = await flags();
		expect(list.open).toBe(list.flags.length - 1);
		expect(list.flags.at(-1)?.resolved).toMatchObject({ note: 'Other quotes carry it.' });
		asCoder();
		expect(await sut.send('POST', path, { note: 'Mine.' })).toMatchObject({ status: 403 });
	});
});
