import type { FindingRow } from '@throughline/db/queries/decisions';
import type { FindingWords } from '@throughline/db/queries/finding';
import { listThemes } from '@throughline/db/queries/results';
import { type FindingEvidence, missingEvidence, readEvidence } from '../decisions/team-evidence.ts';
import type { TeamQuote } from '../decisions/team-quotes.ts';
import type { Deps } from '../deps.ts';
import { AppError, type FieldProblems } from '../errors.ts';
import { typedProblems } from '../releases/typed-evidence.ts';
import type { TeamReader } from '../results/team-results.ts';
import type { FindingBody } from '../routes/findings/schema.ts';

type Own = Pick<Deps, 'db'> & { team: TeamReader };

/**
 * Checks what a finding says against what it rests on.
 * @param options.linked ids of quotes it has already: they may stay, whatever became of them.
 * @throws AppError 422 with one message per field.
 */
export async function checkFinding(
	deps: Own,
	engagementId: string,
	{ body, quotes, linked }: { body: FindingBody; quotes: TeamQuote[]; linked: readonly string[] },
): Promise<FindingWords> {
	const themes = await listThemes(deps.db, engagementId);
	const known = new Map(themes.map((theme) => [theme.key, theme.id]));
	const evidence = await readEvidence(deps.team, engagementId, { ...body, quotes });
	const isUsable = (id: string) =>
		linked.includes(id) || quotes.some((quote) => quote.id === id && quote.card !== null);
	const fields: FieldProblems = {
		...typedFields(body, evidence),
		...(evidence.charts.includes(null) && {
			tables: 'One of the tables is not there. Take it out, or choose another.',
		}),
		...(!body.themeKeys.every((key) => known.has(key)) && {
			themeKeys: 'One of the themes is not in the codebook.',
		}),
		...(!body.quoteIds.every(isUsable) && {
			quoteIds: 'One of the quotes cannot be used: it was blocked or withdrawn, or is not cleared.',
		}),
	};
	if (Object.keys(fields).length > 0) {
		throw new AppError(
			'invalid_input',
			422,
			'Some of what was sent cannot be used. Each field says why.',
			{ fields },
		);
	}
	const { sentence, minorityView, tables, quoteIds } = body;
	const themeIds = body.themeKeys.flatMap((key) => known.get(key) ?? []);
	return { sentence, minorityView, tables, quoteIds, themeIds };
}

/**
 * @throws AppError 409 `finding_not_ready` with what is missing, by field.
 */
export async function refuseUnready(
	deps: Own,
	engagementId: string,
	{
		finding,
		quotes,
	}: {
		finding: Pick<FindingRow, 'sentence' | 'minorityView' | 'tables' | 'quoteIds'>;
		quotes: TeamQuote[];
	},
): Promise<void> {
	const evidence = await readEvidence(deps.team, engagementId, { ...finding, quotes });
	const missing = missingEvidence(finding, evidence);
	const typed = typedFields(finding, evidence);
	if (missing.length + Object.keys(typed).length === 0) {
		return;
	}
	const fields: FieldProblems = {
		...typed,
		...(missing.includes('minority_view') && {
			minorityView: 'Say who saw it differently. If nobody did, say how you looked.',
		}),
		...(missing.includes('evidence') && {
			tables: 'Link at least one table that shows figures, or one quote that two people cleared.',
		}),
	};
	throw new AppError(
		'finding_not_ready',
		409,
		'This finding cannot be ready yet. Each line says why.',
		{ fields },
	);
}

/** Figures and quoted words that a person typed must be those of the evidence. */
function typedFields(
	body: Pick<FindingBody, 'sentence' | 'minorityView'>,
	{ charts, quotes }: FindingEvidence,
): FieldProblems {
	const leaning = {
		charts: charts.flatMap((chart) => chart ?? []),
		quotes: quotes.flatMap((quote) => quote.card?.text ?? []),
	};
	const [sentence] = typedProblems(body.sentence, leaning);
	const [minorityView] = typedProblems(body.minorityView, leaning);
	return {
		...(sentence !== undefined && { sentence }),
		...(minorityView !== undefined && { minorityView }),
	};
}
