import {
	hasEnvelopes,
	insertCanary,
	listNeededCanaries,
	readCanary,
} from '@throughline/db/queries/epoch-canary';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { makeNonce, openBox, sealBox } from './sealed-box.ts';

type KeyDeps = Pick<Deps, 'db' | 'keys' | 'random'>;

interface EpochKey {
	engagementId: string;
	windowId: string;
	epoch: number;
}

/** What a canary says, 32 bytes; the key that opens it is the right one. */
const CANARY = Buffer.from('throughline: this key is right..');

/**
 * The key that seals the envelopes of a window, made with its canary when the first one is sealed.
 * @param canary as it was read with the window; null when there was none then.
 * @throws AppError `survey_paused` when the key is not there or is another one: what it would seal
 * could not be opened together with the rest.
 */
export async function sealingKey(
	deps: KeyDeps,
	of: EpochKey & { canary: Buffer | null },
): Promise<Buffer> {
	const key = of.canary === null ? await firstKey(deps, of) : await keyOf(deps, of, of.canary);
	if (!key) {
		throw new AppError(
			'survey_paused',
			503,
			'This survey cannot take answers at the moment. Your answers so far are kept: come back later, and tell the person who gave you your slip.',
		);
	}
	return key;
}

/**
 * The key that opens the envelopes of a window.
 * @throws Error when it is not there; null when none was ever made, because nobody answered.
 */
export async function openingKey(deps: KeyDeps, of: EpochKey): Promise<Buffer | null> {
	const canary = await readCanary(deps.db, of);
	// Without a canary the window is older than canaries are, or nobody answered.
	const key = canary
		? await keyOf(deps, of, canary)
		: await deps.keys.epochKey(of.windowId, of.epoch, () => true);
	if (!key && (await hasEnvelopes(deps.db, of))) {
		throw new Error(
			`The key of window ${of.windowId} is missing or is not the one its answers were sealed with. Put the right file into DATA_DIR/keys; nothing was changed.`,
		);
	}
	return key;
}

/** The windows whose answers could not be opened with the keys that are there. */
export async function windowsWithoutKey(deps: KeyDeps): Promise<string[]> {
	const windows: string[] = [];
	for (const { body, ...of } of await listNeededCanaries(deps.db)) {
		if (!(await keyOf(deps, of, body))) {
			windows.push(of.windowId);
		}
	}
	return windows;
}

/** For the first envelope of a window, whose canary may have come since the window was read. */
async function firstKey(deps: KeyDeps, of: EpochKey): Promise<Buffer | null> {
	const known = await readCanary(deps.db, of);
	if (known) {
		return await keyOf(deps, of, known);
	}
	// In this order: an envelope that is there was sealed with a key that was made before it.
	const isLost =
		(await hasEnvelopes(deps.db, of)) &&
		(await deps.keys.epochKey(of.windowId, of.epoch, () => true)) === null;
	if (isLost) {
		return null;
	}
	const key = await deps.keys.makeEpochKey(of.windowId, of.epoch);
	const nonce = makeNonce(deps.random.bytes);
	await insertCanary(deps.db, {
		...of,
		body: sealBox(CANARY, key, { context: of.windowId, nonce }),
	});
	const canary = await readCanary(deps.db, of);
	return canary ? await keyOf(deps, of, canary) : null;
}

async function keyOf(deps: KeyDeps, of: EpochKey, canary: Buffer): Promise<Buffer | null> {
	return await deps.keys.epochKey(of.windowId, of.epoch, (key) => {
		// Thousands seal with the same key in a minute: it is tried once for each canary read.
		const isRight = proven.get(canary) === key || opens(canary, key, of.windowId);
		if (isRight) {
			proven.set(canary, key);
		}
		return isRight;
	});
}

/** By canary, the key that opened it. */
const proven = new WeakMap<Buffer, Buffer>();

function opens(canary: Buffer, key: Buffer, windowId: string): boolean {
	try {
		return openBox(canary, key, { context: windowId }).equals(CANARY);
	} catch {
		return false;
	}
}
