import { listEngagements } from '@throughline/db/queries/engagement';
import { listSamplePeople } from '@throughline/db/queries/person';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { AppError, notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { needsSecondFactor } from '../../policies/assurance.ts';
import { rolesIn } from '../../policies/principal.ts';
import { isFromThisMachine } from '../../sign-in/from-this-machine.ts';
import { isOidcConfigured } from '../../sign-in/staff-auth.ts';
import { sampleBody, type SessionView, type WaysIn } from './schema.ts';

/** Who is signed in, and the ways to be. */
export function sessionRoutes(deps: Deps) {
	return new Hono<AppEnv>()
		.get('/', authorise('self:read'), async (c) => c.json(await session(deps, c), 200))
		.get('/ways-in', authorise('sign_in:use'), async (c) => {
			const isLocal = isFromThisMachine(c, deps.config);
			const people = isLocal ? await listSamplePeople(deps.db, deps.clock()) : [];
			const ways: WaysIn = {
				hasDistrictSignIn: isOidcConfigured(deps.config),
				hasMail: deps.mailer.isConfigured,
				samplePeople: people.length > 0 ? people : null,
			};
			return c.json(ways, 200);
		})
		.post('/sample', authorise('sign_in:use'), valid('json', sampleBody), async (c) => {
			if (!isFromThisMachine(c, deps.config)) {
				throw notFound();
			}
			const { email } = c.req.valid('json');
			const people = await listSamplePeople(deps.db, deps.clock());
			if (!people.some((person) => person.email === email)) {
				throw notFound();
			}
			return c.json({ link: await deps.signIn.makeLink(email, {}) }, 200);
		});
}

async function session({ db }: Deps, c: AppContext): Promise<SessionView> {
	const { principal } = c.var;
	if (principal.type !== 'staff') {
		throw new AppError('sign_in_required', 401, 'Sign in to go on.');
	}
	const ids = [...new Set(principal.grants.map((grant) => grant.engagementId))];
	const engagements = await listEngagements(db, ids);
	return {
		person: { id: principal.personId, name: principal.name, email: principal.email },
		engagements: engagements.map(({ id, slug, title, district, isSynthetic }) => ({
			id,
			slug,
			title,
			district,
			isSynthetic,
			roles: rolesIn(principal, id),
			lacksSecondFactor:
				needsSecondFactor(principal, id) && principal.assurance.secondFactor !== 'proved',
		})),
	};
}
