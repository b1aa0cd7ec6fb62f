import type { DatabaseHandle } from '@throughline/db';
import { createBallots } from '@throughline/db/queries/gathered-ballots';
import { type DestinationStream, pino } from 'pino';
import { createBackups } from './backup/backup-status.ts';
import { createSuggestions } from './coding/suggestions.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createRecordings } from './recordings/recordings.ts';
import { createSignIn } from './sign-in/create-sign-in.ts';
import { fileKeys } from './system/keys.ts';
import { createMailer } from './system/mailer.ts';
import { systemRandom } from './system/random.ts';

/** What PostgreSQL says of the row that failed: its values, which may be words of a student. */
const ROW_PARTS = ['detail', 'where', 'internalQuery'];
const FAULTS = ['err', 'err.aggregateErrors[*]'];

/** Log lines go to stderr: stdout belongs to what a command prints. */
export function createLog(
	config: Pick<Config, 'LOG_LEVEL'>,
	to: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Deps['log'] {
	const paths = FAULTS.flatMap((fault) => ROW_PARTS.map((part) => `${fault}.${part}`));
	return pino({ level: config.LOG_LEVEL, base: null, redact: { paths, remove: true } }, to);
}

/**
 * Puts together what the app and the commands need.
 * @param outside.origin the address links lead to, asked when a link is made.
 */
export async function composeDeps(
	config: Config,
	outside: {
		handle: Pick<DatabaseHandle, 'db' | 'makeDurable'>;
		log: Deps['log'];
		origin(): string;
	},
): Promise<Deps> {
	const { handle, log, origin } = outside;
	const keys = await fileKeys(config.DATA_DIR, config.KEY_COPY_DIR);
	const shared = {
		db: handle.db,
		ballots: createBallots(handle.db),
		config,
		keys,
		log,
		makeDurable: () => handle.makeDurable(),
		clock: () => new Date(),
		random: systemRandom,
		mailer: createMailer(config, (text) => process.stdout.write(text)),
		suggestions: createSuggestions({ db: handle.db, log }),
		recordings: createRecordings({ db: handle.db, config, log }),
		backups: createBackups({ config, clock: () => new Date() }),
	};
	return { ...shared, signIn: createSignIn({ ...shared, origin }) };
}
