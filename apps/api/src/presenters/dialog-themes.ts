import type { Cell } from '@throughline/analysis/charts';
import { countDialogThemes, protectDialogThemes } from '@throughline/analysis/disclosure';
import type { CodedTurnRow } from '@throughline/db/queries/dialog-results';
import { paramsOf } from '../results/protect.ts';
import type { TeamResults } from '../results/team-results.ts';
import type { DialogThemes } from '../routes/results/schema.ts';
import { themeCell } from './finding.ts';

/** Themes of dialog sessions beside those of a survey, each protected by itself. */
export function presentDialogThemes(
	results: TeamResults,
	said: {
		turns: readonly CodedTurnRow[];
		sessions: readonly { id: string; participants: number | null }[];
	},
): DialogThemes {
	const { themes, window } = results.facts;
	const counts = countDialogThemes(said.turns, said.sessions, {
		themes: themes.map(({ key }) => key),
		minN: window.minN,
	});
	const { people, units, rows } = protectDialogThemes(counts, paramsOf(window));
	return {
		people,
		units,
		rows: rows.map((row) => {
			const survey = themeCell(results, row.id);
			return {
				key: row.id,
				label: themes.find(({ key }) => key === row.id)?.label ?? row.id,
				share: row.share,
				sessions: row.sessions?.text ?? null,
				excerpts: row.excerpts?.text ?? null,
				survey,
				concordance: concordance(row.share, survey),
			};
		}),
	};
}

/** Read from what is shown alone: an end such as `≤5%` is no sign that anybody said it. */
function concordance(dialog: Cell, survey: Cell): DialogThemes['rows'][number]['concordance'] {
	const [spoken, written] = [isSaid(dialog), isSaid(survey)];
	if (spoken === null || written === null) {
		return 'not_shown';
	}
	if (spoken) {
		return written ? 'both' : 'dialog';
	}
	return written ? 'survey' : 'neither';
}

function isSaid(cell: Cell): boolean | null {
	return cell.type === 'hidden' ? null : cell.figure.low > 0;
}
