import type { Deps } from '../../deps.ts';
import { type Command, UsageError } from '../command.ts';

export const secondFactorReset: Command = {
	name: 'second-factor reset',
	summary: 'Take a person’s second factor away, when phone and recovery codes are lost.',
	usage: 'EMAIL',
	details:
		'Make sure that it is the person who asks. Their sessions end, and with the next sign-in they set\nup a new second factor. It is on record in each engagement they work in.',
	options: {},
	examples: ['second-factor reset ada@example.org'],
	async run(input, io) {
		const [email, ...others] = input.positionals;
		if (email === undefined || others.length > 0) {
			throw new UsageError('Name one e-mail address.');
		}
		const { withDeps } = await import('../with-database.ts');
		const reset = await withDeps(io, 'throughline second-factor reset', (deps) =>
			resetOf(deps, email),
		);
		io.print(
			reset,
			`The second factor of ${email} is gone, and ${reset.sessions} of their sessions ended.`,
		);
	},
};

async function resetOf({ db, random, clock }: Deps, email: string) {
	const { findPersonByEmail } = await import('@throughline/db/queries/person');
	const { listCurrentGrants } = await import('@throughline/db/queries/engagement-role');
	const { removeSecondFactor } = await import('@throughline/db/queries/second-factor');
	const { endSessionsOf } = await import('@throughline/db/queries/staff-session');
	const { writeEntriesOf } = await import('../../sign-in/second-factor/write-entries-of.ts');
	const person = await findPersonByEmail(db, email);
	if (!person) {
		throw new UsageError(`Nobody here has the address ${email}.`);
	}
	const grants = await listCurrentGrants(db, person.id, clock());
	return await db.transaction().execute(async (trx) => {
		if (!(await removeSecondFactor(trx, person.id))) {
			throw new UsageError(`${email} has no second factor.`);
		}
		const entry = { by: null, target: person.id, action: 'second_factor.removed' };
		await writeEntriesOf(trx, { random }, { grants, ...entry });
		return { email, sessions: await endSessionsOf(trx, person.id) };
	});
}
