import { createHash } from 'node:crypto';
import { codePointSlice } from '@throughline/analysis/text';
import { listQuotes } from '@throughline/db/queries/decisions';
import { findRelease, listFrozenAudits } from '@throughline/db/queries/release';
import type { Schema } from '@throughline/db/schema';
import { canonicalJson } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { notFound } from '../errors.ts';
import { readChartFacts } from '../results/charts/chart-facts.ts';
import type { ResultsReader } from '../results/read-window.ts';
import type { ReleaseAudit, ReleaseBody } from './body.ts';
import { chartsOf, protectCharts } from './build-release.ts';
import { quoteProblem } from './quote-cards.ts';

/** The verdict on a stored release. */
export interface Verification {
	/** How many figures and words of charts were computed again. */
	figures: number;
	differences: { figure: string; stored: string; computed: string }[];
	/** How many quotes were compared with the stored answers. */
	quotes: number;
	broken: { quote: string; why: string }[];
}

/**
 * Computes every chart of a release again from responses and the codings kept with it, and
 * compares every quote with the stored answer it is a span of.
 * @throws AppError `not_found` for a release that does not exist.
 */
export async function verifyRelease(
	db: Kysely<Schema>,
	results: ResultsReader,
	key: { engagementId: string; releaseId: string },
): Promise<Verification> {
	const release = await findRelease(db, key);
	if (!release) {
		throw notFound();
	}
	// Written by prepareRelease alone, and covered by the hash that is checked below.
	const body = release.body as ReleaseBody;
	const audit = release.audit as ReleaseAudit;
	const window = await results.read({
		engagementId: key.engagementId,
		windowId: release.window_id,
	});
	const now = await readChartFacts(db, window);
	const facts = {
		...now,
		// The codebook may have been reworded since: the words are those of the release.
		themes: body.themes.map((theme) => ({ ...theme, group_label: theme.group })),
		coverage: {
			answers: body.method.answers,
			decided: body.method.decided,
			double: body.method.double,
		},
		codings: {
			excerpts: now.codings.excerpts,
			themesOf: new Map(Object.entries(audit.codings)),
		},
	};
	const earlier = await earlierTables(db, key);
	const { tables } = protectCharts(facts, audit.chartIds, earlier);
	const computed = chartsOf(facts, audit.chartIds, {
		tables,
		slug: release.slug,
		engagement: body.engagement,
	});
	const figures = leaves(computed);
	const stored = leaves(body.charts);
	const hash = createHash('sha256').update(canonicalJson(body)).digest('hex');
	const differences = compare(stored, figures);
	if (hash !== release.body_hash) {
		differences.push({ figure: 'release hash', stored: release.body_hash, computed: hash });
	}
	return {
		figures: stored.size,
		differences,
		...(await verifyQuotes(db, key.engagementId, body)),
	};
}

/** The tables of the releases frozen before this one. */
export async function earlierTables(
	db: Kysely<Schema>,
	key: { engagementId: string; releaseId: string },
): Promise<ReleaseAudit['tables'][]> {
	const frozen = await listFrozenAudits(db, key.engagementId);
	const index = frozen.findIndex((release) => release.id === key.releaseId);
	const before = index === -1 ? frozen : frozen.slice(0, index);
	// Written by prepareRelease alone.
	return before.map((release) => (release.audit as ReleaseAudit).tables);
}

async function verifyQuotes(
	db: Kysely<Schema>,
	engagementId: string,
	body: ReleaseBody,
): Promise<Pick<Verification, 'quotes' | 'broken'>> {
	const stored = new Map((await listQuotes(db, engagementId)).map((quote) => [quote.id, quote]));
	const broken = body.quotes.flatMap((quote) => {
		const source = stored.get(quote.id);
		if (!source) {
			return [{ quote: quote.id, why: 'The answer it was taken from is gone.' }];
		}
		const problem = quoteProblem(source);
		const words = codePointSlice(source.excerptText, quote.start, quote.end);
		if (problem !== null) {
			return [{ quote: quote.id, why: problem }];
		}
		return words === quote.text
			? []
			: [{ quote: quote.id, why: 'The words shown are not the words stored.' }];
	});
	return { quotes: body.quotes.length, broken };
}

/** Every value of a JSON document by its path. */
function leaves(value: unknown, path = ''): Map<string, string> {
	if (typeof value !== 'object' || value === null) {
		return new Map([[path, JSON.stringify(value)]]);
	}
	return new Map(
		Object.entries(value).flatMap(([key, child]) => [
			...leaves(child, path === '' ? key : `${path}.${key}`),
		]),
	);
}

function compare(
	stored: ReadonlyMap<string, string>,
	computed: ReadonlyMap<string, string>,
): Verification['differences'] {
	const paths = new Set([...stored.keys(), ...computed.keys()]);
	return [...paths].flatMap((figure) => {
		const [before = 'nothing', after = 'nothing'] = [stored.get(figure), computed.get(figure)];
		return before === after ? [] : [{ figure, stored: before, computed: after }];
	});
}
