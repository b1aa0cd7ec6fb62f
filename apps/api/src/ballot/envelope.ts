import type { StoredAnswers } from '@throughline/db/schema';
import { z } from 'zod';
import type { Random } from '../deps.ts';
import { AppError } from '../errors.ts';
import { pad, unpad } from './padding.ts';
import { makeNonce, openBox, sealBox } from './sealed-box.ts';

const ENVELOPE_SIZES = [4096, 16384, 65536] as const;

/** Envelopes of earlier releases hold more; nothing but this becomes a response. */
const storedAnswersSchema = z.object({
	meta: z.object({
		survey: z.string(),
		notice: z.string(),
		language: z.string(),
	}),
	values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/**
 * Seals one response under the window's epoch key, padded to 4, 16 or 64 KiB. The cohort is bound
 * to it, so an envelope cannot be moved to another pile.
 * @throws AppError `response_too_large` when the answers fill more than 64 KiB.
 */
export function sealEnvelope(
	answers: StoredAnswers,
	options: { key: Buffer; cohortId: string; random: Pick<Random, 'bytes'> },
): Buffer {
	const content = pad(JSON.stringify(answers), ENVELOPE_SIZES);
	if (!content) {
		throw new AppError(
			'response_too_large',
			413,
			'Your answers together are longer than we can keep. Shorten one of the long ones.',
		);
	}
	return sealBox(content, options.key, {
		context: options.cohortId,
		nonce: makeNonce(options.random.bytes),
	});
}

/** @throws Error when the envelope was damaged, or sealed with another key or for another cohort. */
export function openEnvelope(
	body: Buffer,
	options: { key: Buffer; cohortId: string },
): StoredAnswers {
	const content = openBox(body, options.key, { context: options.cohortId });
	const parsed: unknown = JSON.parse(unpad(content));
	return storedAnswersSchema.parse(parsed);
}
