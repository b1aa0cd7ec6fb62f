import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../deps.ts';
import { AppError } from '../errors.ts';
import { pad, unpad } from './padding.ts';
import { makeNonce, openBox, sealBox } from './sealed-box.ts';

/** A draft fills one of these, so its size says next to nothing about what was written. */
const DRAFT_SIZES = [8192, 16384, 65536] as const;
/** A draft this long still fits an envelope of 64 KiB, where other things stand beside the answers. */
const MAX_BYTES = 63 * 1024;

const draftSchema = z.object({
	language: z.string(),
	seed: z.number().int(),
	hasReadNotice: z.boolean(),
	values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
	/** Questions that were left blank once; a second Continue moves on. */
	askedAgain: z.array(z.string()),
	/** Section pages already seen. */
	seenSections: z.array(z.string()),
});

/** What a student has answered so far. Only the holder of the code can read it. */
export type Draft = z.output<typeof draftSchema>;

/**
 * The key of a draft. It follows from the code, of which the server keeps a hash alone, so that it
 * cannot open a draft between two requests of the student; and from the pepper, which is in no
 * database and no backup, so that whoever has one of those cannot try codes against a draft.
 */
export function draftKey(code: string, windowId: string, pepper: Uint8Array): Buffer {
	// Codes all have the same length: nothing else gives the same bytes.
	const secret = Buffer.concat([Buffer.from(code), pepper]);
	return Buffer.from(hkdfSync('sha256', secret, windowId, 'throughline draft 2', 32));
}

/** The key of drafts that were sealed before the pepper was part of it. They are still opened. */
export function draftKeyOfCode(code: string, windowId: string): Buffer {
	return Buffer.from(hkdfSync('sha256', code, windowId, 'throughline draft', 32));
}

/**
 * @param place.key as `draftKey` gives it.
 * @throws AppError `draft_too_large` when the answers fill more than 63 KiB.
 */
export function sealDraft(
	draft: Draft,
	place: { key: Buffer; windowId: string },
	random: Pick<Random, 'bytes'>,
): Buffer {
	const text = JSON.stringify(draft);
	const content = Buffer.byteLength(text) > MAX_BYTES ? null : pad(text, DRAFT_SIZES);
	if (!content) {
		throw new AppError(
			'draft_too_large',
			413,
			'Your answers together are longer than we can keep. Shorten one of the long ones.',
		);
	}
	return sealBox(content, place.key, {
		context: place.windowId,
		nonce: makeNonce(random.bytes),
	});
}

/** @throws Error when the draft was not sealed with this code in this window. */
export function openDraft(body: Buffer, place: { key: Buffer; windowId: string }): Draft {
	const content = openBox(body, place.key, { context: place.windowId });
	const parsed: unknown = JSON.parse(unpad(content));
	return draftSchema.parse(parsed);
}
