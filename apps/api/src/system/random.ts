import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { Random } from '../deps.ts';

/** Randomness from the operating system. */
export const systemRandom: Random = {
	bytes: (length) => randomBytes(length),
	int: (limit) => randomInt(limit),
	uuid4: () => randomUUID(),
	uuid7: () => v7(),
};
