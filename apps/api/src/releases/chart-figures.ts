import type { Cell, Chart, PeopleCount } from '@throughline/analysis/charts';

/** Every figure of a chart by what it stands for: `S01, Agree, people` and the words shown. */
export function figuresOf(chart: Chart): Map<string, string> {
	const named = cellsOf(chart).map(([place, text]): [string, string] => [
		[chart.id, ...place].join(', '),
		text,
	]);
	const people = chart.people ? peopleText(chart.people) : 'by statement';
	return new Map([[`${chart.id}, people`, people], ...named]);
}

function cellsOf(chart: Chart): [string[], string][] {
	switch (chart.kind) {
		case 'participation':
			return chart.attributes.flatMap((attribute) =>
				attribute.rows.flatMap((row): [string[], string][] => [
					[[attribute.id, row.id, 'enrolled'], row.enrolled.text],
					[[attribute.id, row.id, 'took part'], cellText(row.tookPart)],
				]),
			);
		case 'likert':
			return chart.rows.flatMap((row): [string[], string][] => [
				[[row.id, 'people'], peopleText(row.people)],
				...chart.steps.map((step, index): [string[], string] => [
					[row.id, step.id],
					cellText(row.cells[index]),
				]),
				[[row.id, 'not sure'], cellText(row.notSure)],
				[[row.id, 'agree, together'], cellText(row.agree)],
				[[row.id, 'disagree, together'], cellText(row.disagree)],
			]);
		case 'options':
			return chart.rows.map((row) => [[row.id], cellText(row.cell)]);
		case 'themes':
			return chart.rows.flatMap((row): [string[], string][] => [
				[[row.id], cellText(row.cell)],
				[[row.id, 'range'], row.range ? `${row.range.low}–${row.range.high}` : 'none'],
			]);
		case 'groups':
			return [
				...chart.groups.map((group): [string[], string] => [
					[group.id, 'people'],
					peopleText(group.people),
				]),
				...chart.rows.flatMap((row) =>
					chart.groups.map((group, index): [string[], string] => [
						[row.id, group.id],
						cellText(row.cells[index]),
					]),
				),
			];
	}
}

function cellText(cell: Cell | undefined): string {
	return cell?.type === 'shown' ? cell.figure.text : 'not shown';
}

function peopleText(people: PeopleCount | { type: 'hidden' }): string {
	switch (people.type) {
		case 'exact':
			return String(people.n);
		case 'band':
			return people.band;
		case 'hidden':
			return 'not shown';
	}
}
