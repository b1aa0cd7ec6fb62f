import type { SeatView } from '../../routes/transcripts/schema.ts';
import { type Command, type Input, UsageError } from '../command.ts';
import { readBytes } from '../read-file.ts';

export const transcriptImport: Command = {
	name: 'transcript import',
	summary: 'Take a transcript file in as the draft of a session’s transcript.',
	usage: 'FILE --engagement SLUG --session KEY [--map "Name=Voice A,…"] [--language CODE]',
	details:
		'Each label of the file is given to a seat by --map; ‘facilitator’ and ‘nobody’ are such too. Labels\nnot named there are given later, turn by turn. No label is stored: names are hidden wherever they\nare said, once a person has said so. See first what is in the file: transcript check.',
	options: {
		engagement: { type: 'string', value: 'SLUG', words: 'Which engagement.' },
		session: { type: 'string', value: 'KEY', words: 'Which dialog session, such as ds-01.' },
		map: { type: 'string', value: 'LIST', words: 'Whose words stand under which label.' },
		language: { type: 'string', value: 'CODE', words: 'Language spoken; en unless given.' },
		offset: {
			type: 'string',
			value: 'SECONDS',
			words: 'When the file begins, from the session’s beginning; 0 unless given.',
		},
	},
	examples: [
		'transcript import circle.vtt --engagement eng-2026-sro --session ds-01 --map "Speaker 1=Voice A,Speaker 2=facilitator"',
	],
	async run(input, io) {
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one transcript file.');
		}
		const bytes = await readBytes(io, file);
		const { withDeps } = await import('../with-database.ts');
		const { importTranscript } = await import('../../actions/import-transcript.ts');
		const { createFileReader } = await import('../../transcripts/read-file.ts');
		const { listSeats } = await import('../../transcripts/allowed-seats.ts');
		const { findEngagementBySlug } = await import('../find-engagement.ts');
		const { AppError } = await import('../../errors.ts');
		const imported = await withDeps(io, 'throughline transcript import', async (deps) => {
			const { id: engagementId } = await findEngagementBySlug(deps.db, input.need('engagement'));
			const session = await deps.db
				.selectFrom('dialog_session')
				.select('id')
				.where('engagement_id', '=', engagementId)
				.where('key', '=', input.need('session'))
				.executeTakeFirst();
			if (!session) {
				throw new UsageError(`There is no session '${input.need('session')}'.`);
			}
			const key = { engagementId, sessionId: session.id, personId: null };
			try {
				return await importTranscript({ ...deps, readFile: createFileReader() }, key, {
					file: { bytes, name: file },
					plan: {
						language: input.text('language') ?? 'en',
						offsetMs: offsetOf(input),
						recordingId: null,
						map: mapOf(input, await listSeats(deps.db, key)),
					},
				});
			} catch (error) {
				if (error instanceof AppError) {
					const fields = Object.values(error.fields ?? {}).join(' ');
					throw new UsageError(`${file}: ${error.message} ${fields}`.trim(), { cause: error });
				}
				throw error;
			}
		});
		const { turns, suggestions, report } = imported;
		io.print(
			imported,
			`${turns} turns were taken in as a draft, with ${suggestions} suggested redactions to decide. ${report.dropped.length} lines were left out.`,
		);
	},
};

function offsetOf(input: Input): number {
	const seconds = Number(input.text('offset') ?? '0');
	if (!Number.isFinite(seconds)) {
		throw new UsageError('--offset is a number of seconds.');
	}
	return Math.round(seconds * 1000);
}

/** 'Ana=Voice A,Ms. Lee=facilitator' as labels and whose words they are. */
function mapOf(input: Input, seats: readonly SeatView[]): { label: string; speaker: string }[] {
	const pairs = (input.text('map') ?? '').split(',').filter((pair) => pair.trim() !== '');
	return pairs.map((pair) => {
		const at = pair.lastIndexOf('=');
		const label = pair.slice(0, at).trim();
		const name = pair.slice(at + 1).trim();
		const seat = seats.find((candidate) => candidate.label.toLowerCase() === name.toLowerCase());
		const speaker = ['facilitator', 'nobody'].find((role) => role === name.toLowerCase());
		if (at < 1 || (!seat && speaker === undefined)) {
			const known = [...seats.map((candidate) => candidate.label), 'facilitator', 'nobody'];
			throw new UsageError(`--map cannot use '${pair.trim()}' (known: ${known.join(', ')}).`);
		}
		return { label, speaker: seat?.id ?? speaker ?? '' };
	});
}
