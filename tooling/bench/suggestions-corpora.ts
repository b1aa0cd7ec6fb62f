import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluationSplit, labelledExcerpt } from '@throughline/analysis/coding';
import type { EvaluationSplit, LabelledExcerpt } from '@throughline/analysis/coding';

const FOLDER = fileURLToPath(new URL('../../../shared/data/coding/', import.meta.url));

export type CorpusName =
	'nhs_p1_single' | 'nhs_p2_multi' | 'anes_terrorism' | 'banking77' | 'stackoverflow20';

/** Where the files of a test corpus are; says what is missing when they are not there. */
export function corpusFiles(name: CorpusName): { excerpts: string; split: string } {
	const files = { excerpts: `${FOLDER}${name}.jsonl`, split: `${FOLDER}splits/${name}.json` };
	for (const file of Object.values(files)) {
		if (!existsSync(file)) {
			throw new Error(
				`The test corpus ${file} is not there: put the coding corpora into shared/data/coding beside the checkout.`,
			);
		}
	}
	return files;
}

/** A test corpus with its split. */
export function readCorpus(name: CorpusName): {
	excerpts: LabelledExcerpt[];
	split: EvaluationSplit;
} {
	const files = corpusFiles(name);
	const lines = readFileSync(files.excerpts, 'utf8').split('\n');
	return {
		excerpts: lines
			.filter((line) => line !== '')
			.map((line) => labelledExcerpt.parse(JSON.parse(line))),
		split: evaluationSplit.parse(JSON.parse(readFileSync(files.split, 'utf8'))),
	};
}

/** Seconds of processor time of this process, all threads. */
export function cpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** Seconds on the wall. */
export function wallSeconds(): number {
	return performance.now() / 1000;
}
