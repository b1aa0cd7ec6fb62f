/**
 * Evaluates the suggestions on one test corpus and prints one JSON object, in a process of its own:
 * `node tooling/bench/suggestions-evaluate.ts nhs_p1_single 0 full`
 */
import { evaluateCoding } from '@throughline/analysis/coding';
import { cpuSeconds, readCorpus, wallSeconds } from './suggestions-corpora.ts';
import type { CorpusName } from './suggestions-corpora.ts';

const [name = 'nhs_p1_single', seed = '0', size = 'full'] = process.argv.slice(2);
// The name is checked by what it opens: an unknown one is a missing file.
const { excerpts, split } = readCorpus(name as CorpusName);
const input = { excerpts, split, seed: Number(seed), size };
process.stdout.write(`${JSON.stringify(evaluateCoding(input, { cpuSeconds, wallSeconds }))}\n`);
