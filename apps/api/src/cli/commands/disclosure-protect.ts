import { DisclosureInputError, protectVectorFile } from '@throughline/analysis/disclosure';
import { readSample } from '../../sample/read-sample.ts';
import { type Command, UsageError } from '../command.ts';
import { readJson } from '../read-file.ts';
import { protectedWords } from './protected-words.ts';

export const disclosureProtect: Command = {
	name: 'disclosure protect',
	summary: 'Protect a table of counts and print what may be shown.',
	usage: 'FILE',
	details:
		'FILE holds one table as JSON, { "kind", … }: bands, percent_display, one_dimension, two_dimension,\ndifferencing, quote_generalization, risk_ratio or incidents_sample_expected (docs/disclosure.md).\nThe same rules protect every page, chart and file Throughline shows.',
	options: {},
	examples: ['disclosure protect table.json', 'disclosure protect table.json --json'],
	async run({ positionals }, io) {
		const [file, ...more] = positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one file.');
		}
		const table = await readJson(io, file);
		const answers = protect(table, file);
		io.print(answers, protectedWords(table, answers));
	},
};

function sampleSchools(): Record<string, string> {
	return Object.fromEntries(readSample().sites.map((site) => [site.key, site.name]));
}

function protect(table: unknown, file: string) {
	try {
		// Schools the file does not name itself are looked up among those of the sample.
		return protectVectorFile(table, { names: { school: sampleSchools() } });
	} catch (error) {
		if (error instanceof DisclosureInputError) {
			throw new UsageError(`${file} cannot be used.\n${error.message}`, { cause: error });
		}
		throw error;
	}
}
