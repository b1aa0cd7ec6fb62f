import type { Kysely } from 'kysely';
import type { Schema } from '@throughline/db/schema';
import type { Verification } from '../../releases/verify-release.ts';
import { type Command, UsageError } from '../command.ts';

/** Lines of each kind said in words; `--json` has them all. */
const MOST_LINES = 50;

export const releaseVerify: Command = {
	name: 'release verify',
	summary: 'Compute every figure of a release again and compare every quote.',
	usage: 'ID',
	details:
		'ID is the id of a release or the end of its address, such as 2026-spring. Every figure is\ncomputed again from the stored answers and the codings kept with the release, and every quote is\ncompared with the answer it is a part of. The exit status is 1 when a figure differs or a quote\ndoes not hold.',
	options: {
		engagement: {
			type: 'string',
			value: 'SLUG',
			words: 'Which engagement, where several have a release of this address.',
		},
	},
	examples: ['release verify 2026-spring', 'release verify 2026-spring --json'],
	async run(input, io) {
		const [id, ...others] = input.positionals;
		if (id === undefined || others.length > 0) {
			throw new UsageError('Name one release: its id, or the end of its address.');
		}
		const { withDatabase } = await import('../with-database.ts');
		const verification = await withDatabase(io, 'throughline release verify', async ({ db }) => {
			const { createResultsReader } = await import('../../results/read-window.ts');
			const { verifyRelease } = await import('../../releases/verify-release.ts');
			const place = await findPlace(db, id, input.text('engagement'));
			return await verifyRelease(db, createResultsReader(db), place);
		});
		io.print(verification, wordsOf(verification));
		if (verification.differences.length + verification.broken.length > 0) {
			io.fail();
		}
	},
};

async function findPlace(db: Kysely<Schema>, id: string, engagement: string | undefined) {
	const { findReleasePlaces } = await import('@throughline/db/queries/release');
	const places = (await findReleasePlaces(db, id)).filter(
		(place) => engagement === undefined || place.engagement === engagement,
	);
	const [only, ...others] = places;
	if (!only) {
		throw new UsageError(`There is no release '${id}'.`);
	}
	if (others.length > 0) {
		const slugs = places.map((place) => place.engagement).join(', ');
		throw new UsageError(`Several engagements have it. Name one with --engagement: ${slugs}`);
	}
	return only;
}

function wordsOf({ figures, differences, quotes, broken }: Verification): string {
	const lines = [
		...differences
			.slice(0, MOST_LINES)
			.map(({ figure, stored, computed }) => `  ${figure}: ${stored} stored, ${computed} computed`),
		...broken.slice(0, MOST_LINES).map(({ quote, why }) => `  quote ${quote}: ${why}`),
	];
	return [
		`${figures} figures computed again: ${differences.length} differ.`,
		`${quotes} quotes compared: ${broken.length} do not hold.`,
		...lines,
	].join('\n');
}
