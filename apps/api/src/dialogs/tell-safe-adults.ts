import { findPersonById } from '@throughline/db/queries/person';
import type { Deps } from '../deps.ts';

/**
 * Tells these people by mail that something waits for them. The mail says nothing of what it is: it
 * is read after signing in, by them alone.
 */
export async function tellSafeAdults(
	deps: Pick<Deps, 'db' | 'mailer' | 'log'>,
	personIds: readonly string[],
	origin: string,
): Promise<void> {
	if (!deps.mailer.isConfigured) {
		return;
	}
	for (const personId of personIds) {
		const person = await findPersonById(deps.db, personId);
		if (person) {
			await deps.mailer
				.send({
					to: person.email,
					subject: 'Something needs you today',
					text: [
						`Hello ${person.name},`,
						'',
						'Somebody who runs a dialog session asks you to look at something today. Sign in to read it:',
						'',
						`${origin}/team`,
					].join('\n'),
				})
				// The flag is stored and shown whatever becomes of the mail.
				.catch((error: unknown) => {
					deps.log.error({ err: error }, 'a mail to a safe adult could not be sent');
				});
		}
	}
}
