import type {
	ParticipationInput,
	ReleaseTable,
	ResultsInput,
} from '@throughline/analysis/disclosure';
import { listThemes, readCodingCoverage } from '@throughline/db/queries/results';
import { listEnrollment } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { notFound } from '../../errors.ts';
import { type Codings, countThemes, readCodings } from '../count-themes.ts';
import { readKnownRates } from '../known-rates.ts';
import { type EnrollmentRow, resultsInput, takingPartInput } from '../protect.ts';
import type { CountedWindow } from '../read-window.ts';
import { parseChartId, scaleQuestions } from './chart-id.ts';
import type { ThemeLabel } from './theme-charts.ts';

/** Attributes of who took part: those the enrolment count knows. */
const ENROLLED_BY = ['site', 'grade_band', 'race'] as const;

/** Everything the charts of a window are counted from. Never leaves the results room. */
export interface ChartFacts {
	window: CountedWindow;
	enrollment: readonly EnrollmentRow[];
	themes: readonly (ThemeLabel & { group_label: string })[];
	coverage: { answers: number; decided: number; double: number };
	codings: Codings;
	/** What the response rates told: a reader may know it. */
	rates: readonly ReleaseTable[];
}

/** Reads what charts are counted from, as it stands now. */
export async function readChartFacts(
	db: Kysely<Schema>,
	window: CountedWindow,
): Promise<ChartFacts> {
	const themes = await listThemes(db, window.engagementId);
	return {
		window,
		enrollment: await listEnrollment(db, window.engagementId),
		themes,
		coverage: await readCodingCoverage(db, window),
		codings: await readCodings(db, window, themes),
		rates: await readKnownRates(db, window),
	};
}

/** The tables a chart is made of, before protection. */
export interface ChartInputs {
	participation: ParticipationInput[];
	results: ResultsInput[];
}

/**
 * The inputs of a chart by its id.
 * @throws AppError `not_found` when the id addresses nothing in this survey.
 */
export function chartInputs(facts: ChartFacts, id: string): ChartInputs {
	const { window } = facts;
	const kind = parseChartId(window.survey, id);
	switch (kind?.type) {
		case 'participation':
			return {
				participation: ENROLLED_BY.map((attribute) =>
					takingPartInput(window, facts.enrollment, attribute),
				),
				results: [],
			};
		case 'statements': {
			const questions = scaleQuestions(window.survey, kind.sectionId);
			const results = questions.map(({ id: own }) =>
				resultsInput(window, tallyOf(window, own), null),
			);
			return { participation: [], results };
		}
		case 'question': {
			const tally = tallyOf(window, kind.questionId);
			return { participation: [], results: [resultsInput(window, tally, kind.by)] };
		}
		case 'themes': {
			const tally = countThemes(window, facts.codings, {
				questionId: kind.questionId,
				themeKeys: facts.themes.map((theme) => theme.key),
			});
			return { participation: [], results: [resultsInput(window, tally, kind.by)] };
		}
		case undefined:
			throw notFound();
	}
}

function tallyOf(window: CountedWindow, questionId: string) {
	const tally = window.questions.get(questionId);
	if (!tally) {
		throw notFound();
	}
	return tally;
}
