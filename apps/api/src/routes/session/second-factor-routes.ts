import { countRecoveryCodes } from '@throughline/db/queries/second-factor';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { needsSecondFactor } from '../../policies/assurance.ts';
import { qrPath } from '../../presenters/qr.ts';
import {
	beginEnrolment,
	finishEnrolment,
	proveSecondFactor,
	renewRecoveryCodes,
} from '../../sign-in/second-factor/second-factor.ts';
import { codeBody, type EnrolmentView, type SecondFactorView } from './schema.ts';

/** The second factor of whoever is signed in: set up, prove, renew. */
export function secondFactorRoutes(deps: Deps) {
	return new Hono<AppEnv>()
		.get('/', authorise('self:read'), async (c) => {
			const by = staffOf(c);
			const { secondFactor } = by.assurance;
			const view: SecondFactorView = {
				isSetUp: secondFactor !== 'none',
				isProved: secondFactor === 'proved',
				isNeeded: by.grants.some(({ engagementId }) => needsSecondFactor(by, engagementId)),
				recoveryCodesLeft: await countRecoveryCodes(deps.db, by.personId),
			};
			return c.json(view, 200);
		})
		.post('/key', authorise('self:manage'), async (c) => {
			const { secret, uri } = await beginEnrolment(deps, staffOf(c));
			const view: EnrolmentView = { secret, uri, qr: qrPath(uri) };
			return c.json(view, 201);
		})
		.post('/', authorise('self:manage'), valid('json', codeBody), async (c) => {
			const { code } = c.req.valid('json');
			const { recoveryCodes, cookie } = await finishEnrolment(deps, staffOf(c), code);
			c.header('Set-Cookie', cookie, { append: true });
			return c.json({ recoveryCodes }, 201);
		})
		.post('/proof', authorise('self:manage'), valid('json', codeBody), async (c) => {
			const { cookie } = await proveSecondFactor(deps, staffOf(c), c.req.valid('json').code);
			if (cookie !== null) {
				c.header('Set-Cookie', cookie, { append: true });
			}
			return c.json({ status: 'proved' as const }, 200);
		})
		.post('/recovery-codes', authorise('self:manage'), async (c) => {
			return c.json({ recoveryCodes: await renewRecoveryCodes(deps, staffOf(c)) }, 201);
		});
}
