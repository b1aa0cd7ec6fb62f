// `npm run bench [-- NAME] [--json FILE]`: measures, and says how each figure stands to its limit.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchRow } from './suggestions.ts';
import { isMissed, table } from './table.ts';

const BENCHES: Record<string, () => Promise<BenchRow[]> | BenchRow[]> = {
	'answered-pages': async () => (await import('./answered-pages.ts')).benchAnsweredPages(),
	disclosure: async () => (await import('./disclosure.ts')).benchDisclosure(),
	load: async () => (await import('./load/load.ts')).benchLoad(),
	'long-transcript': async () => (await import('./long-transcript.ts')).benchLongTranscript(),
	redaction: async () => (await import('./redaction.ts')).benchRedaction(),
	recordings: async () => (await import('./recordings.ts')).benchRecordings(),
	startup: async () => (await import('./startup.ts')).benchStartUp(),
	suggestions: async () => (await import('./suggestions.ts')).benchSuggestions(),
	transcripts: async () => (await import('./transcripts.ts')).benchTranscripts(),
	unlinkability: async () => (await import('./unlinkability.ts')).benchUnlinkability(),
};

async function main(): Promise<0 | 1 | 2> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { json: { type: 'string' } },
	});
	const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
	const unknown = names.filter((name) => !(name in BENCHES));
	if (unknown.length > 0) {
		console.error(
			`There is no benchmark '${unknown.join(', ')}'. Benchmarks: ${Object.keys(BENCHES).join(', ')}.`,
		);
		return 2;
	}
	const results: { bench: string; rows: BenchRow[]; notRun?: string }[] = [];
	for (const bench of names) {
		console.log(`${bench} …`);
		try {
			results.push({ bench, rows: (await BENCHES[bench]?.()) ?? [] });
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			results.push({ bench, rows: [], notRun: reason });
			console.error(`${bench} was not run: ${reason}`);
		}
	}
	console.log(table(results.flatMap(({ rows }) => rows)));
	if (values.json !== undefined) {
		const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.json);
		await writeFile(file, `${JSON.stringify(results, null, '\t')}\n`);
	}
	return results.some(({ rows, notRun }) => notRun !== undefined || rows.some(isMissed)) ? 1 : 0;
}

process.exitCode = await main();
