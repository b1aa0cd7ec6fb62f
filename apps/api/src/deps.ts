import type { Kysely } from 'kysely';
import type { Ballots } from '@throughline/db/queries/gathered-ballots';
import type { Schema } from '@throughline/db/schema';
import type { Logger } from 'pino';
import type { Backups } from './backup/backup-status.ts';
import type { Suggestions } from './coding/suggestions.ts';
import type { Config } from './config.ts';
import type { Principal } from './policies/principal.ts';
import type { Recordings } from './recordings/recordings.ts';

/** Everything the app needs from outside, handed in by main.ts, the CLI or a test. */
export interface Deps {
	db: Kysely<Schema>;
	ballots: Ballots;
	config: Config;
	clock: Clock;
	random: Random;
	keys: Keys;
	mailer: Mailer;
	signIn: SignIn;
	suggestions: Suggestions;
	recordings: Recordings;
	backups: Backups;
	log: Logger;
	/** Resolves when everything committed before the call survives a power cut. */
	makeDurable(): Promise<void>;
}

/** The time now. */
export type Clock = () => Date;

/** Cryptographic randomness. */
export interface Random {
	bytes(length: number): Buffer;
	/** A whole number from 0 up to, not including, `limit`. */
	int(limit: number): number;
	/** UUID v4: for ballot tables and excerpts. */
	uuid4(): string;
	/** UUID v7: for everything else. */
	uuid7(): string;
}

/** Key material kept outside the database and its backups. */
export interface Keys {
	/** Keys the hash of every access code; 32 bytes. */
	pepper: Buffer;
	/**
	 * The key that seals envelopes of one window's epoch, if it is there and passes the test; 32 bytes.
	 * Never made here: a new key in place of a lost one would open nothing.
	 */
	epochKey(
		windowId: string,
		epoch: number,
		isRight: (key: Buffer) => boolean,
	): Promise<Buffer | null>;
	/** The same, made if there is none yet. */
	makeEpochKey(windowId: string, epoch: number): Promise<Buffer>;
	/** Destroys every copy of an epoch key for good. */
	destroyEpochKey(windowId: string, epoch: number): Promise<void>;
	/** Seals what is written in a safety flag; 32 bytes. */
	safety: Buffer;
	/** Signs staff sessions; 32 bytes. */
	sessionSecret: Buffer;
}

/**
 * Makes a backup of the whole database, loads the copy, and counts in it.
 * @param holds how many responses of which windows the copy must hold.
 * @throws Error when there is no such copy in the end.
 */
export type BackUp = (
	holds: readonly { engagementId: string; windowId: string; responses: number }[],
) => Promise<{ verified: true }>;

export interface Mailer {
	/** True when mail really leaves; false when links are printed instead. */
	isConfigured: boolean;
	send(message: { to: string; subject: string; text: string }): Promise<void>;
}

export interface SignIn {
	/** Who sent this request, by the session cookie; `public` when nobody is signed in. */
	principalOf(headers: Headers): Promise<Principal>;
	/** Answers requests below /api/auth. */
	handle(request: Request): Promise<Response>;
	/** A link that signs the person with this address in once; 15 minutes unless said otherwise. */
	makeLink(email: string, lifetime: { minutes?: number }): Promise<string>;
	/** A new token for a session, and the Set-Cookie header that brings it to the browser. */
	newSessionToken(): Promise<{ token: string; cookie: string }>;
}
