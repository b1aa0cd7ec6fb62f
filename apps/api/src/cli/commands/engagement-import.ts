import { type Command, UsageError } from '../command.ts';
import { readJson } from '../read-file.ts';

const MOST_SHOWN = 10;

export const engagementImport: Command = {
	name: 'engagement import',
	summary: 'Make an engagement, with its district and sites, from a JSON file.',
	usage: 'FILE.json',
	details:
		'How a new installation begins. FILE holds the district, its sites with their enrolment by grade,\nthe mandate, milestones, student groups and the names to take out of open answers;\ndocs/examples/engagement.json shows every part. Without “notices” the engagement gets the starting\npoints that come with the product, which counsel has to approve. A district that is there already\nkeeps its own words and gets another engagement.',
	options: {},
	examples: ['engagement import docs/examples/engagement.json'],
	async run({ positionals }, io) {
		const [file, ...more] = positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one JSON file.');
		}
		const { engagementFile } = await import('../../actions/engagement-file.ts');
		const { importEngagement } = await import('../../actions/import-engagement.ts');
		const { withDeps } = await import('../with-database.ts');
		const parsed = engagementFile.safeParse(await readJson(io, file));
		if (!parsed.success) {
			const { issues } = parsed.error;
			const lines = issues
				.slice(0, MOST_SHOWN)
				.map(({ path, message }) => `  ${path.map(String).join('.') || 'file'}: ${message}`);
			const rest = issues.length > MOST_SHOWN ? [`  and ${issues.length - MOST_SHOWN} more`] : [];
			throw new UsageError([`${file} cannot be used:`, ...lines, ...rest].join('\n'));
		}
		const made = await withDeps(io, 'throughline engagement import', (deps) =>
			importEngagement(deps, parsed.data),
		);
		io.print(
			made,
			[
				`“${made.title}” is there: ${made.sites} sites, ${made.students} students, ${made.notices} notices.`,
				`Next: publish a survey (survey import FILE --engagement ${made.slug}), give it a codebook`,
				`(codebook import FILE --engagement ${made.slug}) and invite its administrator (invite).`,
			].join('\n'),
		);
	},
};
