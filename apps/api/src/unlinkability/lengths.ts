import { openEnvelope, sealEnvelope } from '../ballot/envelope.ts';
import { systemRandom } from '../system/random.ts';
import type { Measure } from './measure.ts';
import type { Trial } from './trial.ts';

/**
 * U7: everybody's answers made as long as nobody else's, and sealed. How many envelopes have a
 * length that is theirs alone; without padding everybody's.
 */
export function lengths({ oldBackup, savedKey: key }: Trial): Measure {
	const sealed: number[] = [];
	const plain: number[] = [];
	const stored = oldBackup.map(({ body, cohortId }) => openEnvelope(body, { key, cohortId }));
	const longest = Math.max(...stored.map((answers) => JSON.stringify(answers).length));
	for (const [index, answers] of stored.entries()) {
		const missing = Math.floor((longest * index) / stored.length) + index;
		const values = { ...answers.values, Q4: 'x'.repeat(missing), Q3: '' };
		const cohortId = oldBackup[index]?.cohortId ?? '';
		plain.push(JSON.stringify({ ...answers, values }).length);
		sealed.push(
			sealEnvelope({ ...answers, values }, { key, cohortId, random: systemRandom }).length,
		);
	}
	const of = stored.length;
	return {
		id: 'U7',
		attack: `envelopes whose length is theirs alone (${new Set(sealed).size} lengths in all)`,
		matched: alone(sealed) + alone(oldBackup.map(({ body }) => body.length)),
		of,
		bound: 0,
		control: { what: 'without padding', matched: alone(plain), of, atLeast: of },
	};
}

function alone(lengthsSeen: readonly number[]): number {
	const groups = Map.groupBy(lengthsSeen, (length) => length);
	return [...groups.values()].filter((same) => same.length === 1).length;
}
