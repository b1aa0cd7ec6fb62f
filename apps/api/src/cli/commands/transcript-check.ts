import { checkTranscript, clockOf, type TranscriptCheck } from '@throughline/analysis/transcript';
import { type Command, UsageError } from '../command.ts';
import { readBytes, readText } from '../read-file.ts';

export const transcriptCheck: Command = {
	name: 'transcript check',
	summary: 'Read transcript files and say what they hold, what is wrong and what would be hidden.',
	usage: 'FILE… [--names FILE]',
	details:
		'Takes WebVTT, SRT, text with speakers, DOCX, CSV and JSON, and what Zoom, Teams, Otter and Word\nexport (docs/transcripts.md). Nothing is stored. For each file: its cues, seconds, seats and\ncoverage, problems by line, and the spans a redaction would hide: the cue’s place from 0, and start\nand end in code points of its words. Speakers the file names count as names. The exit status is 1\nwhen a file has problems.',
	options: {
		names: { type: 'string', value: 'FILE', words: 'People to hide, one name a line.' },
	},
	examples: [
		'transcript check circle.vtt',
		'transcript check --names roster.txt --json table-1.docx table-2.srt',
	],
	async run(input, io) {
		if (input.positionals.length === 0) {
			throw new UsageError('Give at least one file.');
		}
		const list = input.text('names');
		const names = list === undefined ? [] : namesIn(await readText(io, list));
		const checks: TranscriptCheck[] = [];
		for (const file of input.positionals) {
			checks.push(checkTranscript(await readBytes(io, file), { fileName: file, names }));
		}
		io.print(checks, checks.map(inWords).join('\n\n'));
		if (checks.some(({ problems }) => problems.length > 0)) {
			io.fail();
		}
	},
};

function namesIn(text: string): string[] {
	const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function inWords(check: TranscriptCheck): string {
	const { file, format, cues, seats, seconds, coverage } = check;
	const times =
		seconds === null || coverage === null
			? 'no times'
			: `${clockOf(seconds * 1000)} long, ${(coverage * 100).toFixed(1)} % covered`;
	return [
		`${file}: ${format ?? 'not readable'}, ${cues} cues, ${seats} speakers, ${times}`,
		...check.problems.map(({ line, message }) => `  problem, line ${line}: ${message}`),
		...check.dropped.map(({ line, why }) => `  left out, line ${line}: ${why}`),
		...check.notes.map(({ line, message }) => `  note, line ${line}: ${message}`),
		...check.missing.map(
			(gap) => `  nothing from ${clockOf(gap.startMs)} to ${clockOf(gap.endMs)}`,
		),
		...check.redactions.map(
			({ cue, start, end, text, kind }) => `  hide ${kind} in cue ${cue}, ${start}–${end}: ${text}`,
		),
	].join('\n');
}
