import { describeOn } from '@throughline/db/testing';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import { roleInitials } from '../testing/role-initials.ts';
import {
	fillRoute,
	listRoutes,
	type ListedRoute,
	oneOfEach,
	smallestBody,
} from '../testing/fill-route.ts';
import { seedEngagement } from '../testing/seed-engagement.ts';
import { staff, testApp } from '../testing/test-app.ts';
import type { Principal } from './principal.ts';
import type * as Verbs from './verbs.ts';

/** The verbs policies were asked about since the last request began. */
const asked = vi.hoisted(() => ({ verbs: [] as string[] }));

vi.mock('./verbs.ts', async (original) => {
	const real = await original<typeof Verbs>();
	return {
		...real,
		may: (principal: Principal, verb: Verbs.Verb, engagementId: string | null) => {
			asked.verbs.push(verb);
			return real.may(principal, verb, engagementId);
		},
	};
});

const everybody = staffRoles.filter((role) => role !== 'police_partner');

// Who gets in is decided alike on both databases; one is enough for a walk of this size.
describeOn('server', 'every route × every role', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let routes: ListedRoute[];
	/** The sample: an engagement with something of every kind in it. */
	let full: Record<string, string>;
	/** Another engagement of another district. */
	let other: string;
	let person: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		routes = listRoutes(sut);
		const { engagementId } = await loadSample(sut.deps);
		full = await oneOfEach(db, engagementId);
		other = (await seedEngagement(db)).engagementId;
		person = full['personId'] ?? '';
	}, 300_000);

	async function ask(
		route: ListedRoute,
		values: Record<string, string>,
		options: { by: Principal; body?: unknown },
	) {
		sut.signInAs(options.by);
		asked.verbs = [];
		const isRead = route.method === 'GET';
		const response = await sut.app.request(fillRoute(route.path, values), {
			method: route.method,
			...(!isRead && {
				body: JSON.stringify(options.body ?? {}),
				headers: { 'content-type': 'application/json' },
			}),
		});
		const text = await response.text();
		expect(response.status, `${route.name}: ${text.slice(0, 200)}`).toBeLessThan(500);
		return { status: response.status, text };
	}

	/** What of an engagement's things a change may name: nothing, so that nothing is changed. */
	const own = (route: ListedRoute) =>
		route.method === 'GET' ? full : { engagementId: full['engagementId'] ?? '' };

	const engagementOf = (values: Record<string, string>) => values['engagementId'] ?? '';

	test('is as written in the table, and a route that is not in it fails', async () => {
		const lines: string[] = [];
		for (const route of routes) {
			const cells: string[] = [];
			for (const role of staffRoles) {
				const by = staff(person, engagementOf(full), [role]);
				const { status } = await ask(route, own(route), { by });
				cells.push([401, 403].includes(status) ? '.' : roleInitials[role]);
			}
			const anyone = await ask(route, own(route), { by: { type: 'public' } });
			const member = staff(person, engagementOf(full), everybody);
			const assurance = { secondFactor: 'due', isFresh: false } as const;
			const unproved = member.type === 'staff' ? { ...member, assurance } : member;
			const half = await ask(route, own(route), { by: unproved });
			const stranger = await ask(route, full, { by: staff(person, other, everybody) });
			lines.push(
				[
					[401, 403].includes(anyone.status) ? '.' : '*',
					cells.join(''),
					half.status === 401 ? '2' : '-',
					route.path.includes(':engagementId') ? String(stranger.status) : 'any',
					route.name.replace('/api/engagements/:engagementId', '…'),
				].join(' '),
			);
		}
		const head = [
			'Who gets past the policy of each route, asked for real. Columns: * anyone; F facilitator,',
			'C coder, S safety responder, M advisory member, A administrator, D data steward,',
			'O complaint officer, P police partner; 2 a second factor has to be proved first; what',
			'somebody with every role in another engagement gets; the route (… is an engagement).',
			'',
		];
		await expect(`${[...head, ...lines].join('\n')}\n`).toMatchFileSnapshot(
			'authorisation-matrix.txt',
		);
	}, 600_000);

	test('a policy is asked once, before anything else, and it is the route’s own', async () => {
		for (const route of routes) {
			await ask(route, own(route), { by: staff(person, engagementOf(full), everybody) });
			const { verb } = route;
			expect(asked.verbs[0], route.name).toBe(verb);
			expect(
				asked.verbs.filter((each) => each === verb),
				route.name,
			).toHaveLength(1);
		}
	}, 300_000);

	describe('somebody of another engagement', () => {
		let before: string;
		beforeAll(async () => {
			before = await contents();
		}, 60_000);

		/** A hash over every row of the sample. */
		async function contents(): Promise<string> {
			const { db } = getDatabase();
			const { rows: tables } = await sql<{ name: string }>`
				select table_name as name from information_schema.columns
				where table_schema = current_schema() and column_name = 'engagement_id'
				order by table_name
			`.execute(db);
			const hashes: string[] = [];
			for (const { name } of tables) {
				const { rows } = await sql<{ hash: string | null }>`
					select md5(string_agg(t::text, '' order by t::text)) as hash
					from ${sql.table(name)} t where engagement_id = ${engagementOf(full)}
				`.execute(db);
				hashes.push(`${name} ${rows[0]?.hash ?? ''}`);
			}
			return hashes.join('\n');
		}

		test('finds the sample’s things, by their own address, as if there were none', async () => {
			const by = staff(person, other, everybody);
			const inside = routes.filter(({ path }) => path.includes(':engagementId'));
			for (const route of inside) {
				const body = smallestBody(route.body);
				const real = await ask(route, full, { by, body });
				const none = await ask(route, {}, { by, body });
				expect([route.name, real]).toEqual([route.name, none]);
				expect(real.status, route.name).toBe(404);
			}
			expect(inside.length).toBeGreaterThan(100);
		}, 300_000);

		test('finds none of them under their own engagement’s address either', async () => {
			const by = staff(person, other, everybody);
			const named = routes.filter(({ path }) => /:engagementId.*:/.test(path));
			let reached = 0;
			for (const route of named) {
				const body = smallestBody(route.body);
				const real = await ask(route, { ...full, engagementId: other }, { by, body });
				const none = await ask(route, { engagementId: other }, { by, body });
				expect([route.name, real]).toEqual([route.name, none]);
				expect(real.status, route.name).toBeGreaterThanOrEqual(400);
				reached += real.status === 404 ? 1 : 0;
			}
			// Of those a body was good enough for that the thing itself was looked for.
			expect(reached).toBeGreaterThan(named.length / 2);
		}, 300_000);

		test('has changed nothing of it by trying', async () => {
			expect(before.split('\n').length).toBeGreaterThan(40);
			expect(await contents()).toBe(before);
		}, 60_000);
	});

	test('an id that is none, or of something else, is not found either', async () => {
		const by = staff(person, engagementOf(full), everybody);
		const named = routes.filter(
			({ path, method }) => method === 'GET' && /:engagementId.*:\w+Id/.test(path),
		);
		for (const route of named) {
			const ids = {
				...full,
				...Object.fromEntries(Object.keys(full).map((name) => [name, randomUUID()])),
			};
			const { status } = await ask(route, { ...ids, engagementId: engagementOf(full) }, { by });
			// An excerpt that is in no disagreement is refused as one that is not there.
			expect([404, 409], route.name).toContain(status);
		}
	}, 120_000);
});
