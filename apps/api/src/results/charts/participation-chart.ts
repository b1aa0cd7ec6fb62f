import type { Figure, ParticipationChart } from '@throughline/analysis/charts';
import type { ParticipationRow, ParticipationTable } from '@throughline/analysis/disclosure';
import type { AttributeId } from '../attributes.ts';
import { POOL } from '../protect.ts';
import { type ChartContext, frame, groupLabel } from './chart-context.ts';
import { figureText } from './figures.ts';
import { chartWords } from './words.ts';

type Rows = ParticipationChart['attributes'][number]['rows'];

/** C11: who took part and who is missing, one block per attribute. */
export function participationChart(
	context: ChartContext,
	tables: readonly ParticipationTable[],
	options: { schoolYear: string },
): ParticipationChart {
	const words = chartWords(context.language);
	const [first] = tables;
	const attributes = tables.map((table) => {
		const attribute = attributeOf(table);
		return {
			id: table.attributeId,
			label: words(`attribute.${attribute}`),
			rows: rowsOf(context, table, attribute),
		};
	});
	const missing = missingGroups(context, tables);
	const [least] = missing;
	const people = first?.total.people ?? { type: 'band', band: '<10' };
	return {
		kind: 'participation',
		...frame(context, {
			id: 'took-part',
			title: least
				? words('participation.titleGap', {
						group: least.label,
						tookPart: least.tookPart,
						enrolled: least.enrolled,
					})
				: words('participation.title'),
			measure: words('participation.measure'),
			population: populationOf(context, people, first?.total.enrolled ?? 0),
			people,
			summary: summaryOf(context, tables, missing),
			notes: [
				words('participation.source', { year: options.schoolYear }),
				words('participation.race'),
			],
		}),
		attributes,
	};
}

/** Answers collected elsewhere can outnumber the enrolment counts; a share of these would be none. */
function populationOf(
	{ language, window }: ChartContext,
	people: ParticipationTable['total']['people'],
	enrolled: number,
): string {
	const isOver = people.type === 'exact' && people.n > enrolled;
	const { format } = new Intl.NumberFormat(`${language}-u-nu-latn`);
	return chartWords(language)(`participation.${isOver ? 'populationOver' : 'population'}`, {
		n: people.type === 'exact' ? format(people.n) : people.band,
		enrolled: format(enrolled),
		window: window.label,
	});
}

function rowsOf(context: ChartContext, table: ParticipationTable, attribute: AttributeId): Rows {
	const words = chartWords(context.language);
	return table.rows.map((row) => {
		const values = { tookPart: figureText(row.share), enrolled: row.enrolledShare.text };
		return {
			id: row.id,
			label: rowLabel(context, row, attribute),
			enrolled: row.enrolledShare,
			tookPart: row.share,
			gap: row.gap === null ? null : words(`participation.${row.gap}`, values),
		};
	});
}

/** A group by its name; a pool with the names of all it puts together. */
function rowLabel(context: ChartContext, row: ParticipationRow, attribute: AttributeId): string {
	const label = groupLabel(context, attribute, row.id);
	if (row.id !== POOL.id) {
		return label;
	}
	const format = new Intl.ListFormat(context.language, { type: 'conjunction' });
	const members = row.members.map((member) => groupLabel(context, attribute, member));
	return chartWords(context.language)('group.pool', {
		pool: label,
		members: format.format(members),
	});
}

/** Who is under-heard, or that nobody is, which can be said only where every group is shown. */
function summaryOf(
	context: ChartContext,
	tables: readonly ParticipationTable[],
	missing: readonly { label: string }[],
): string {
	const words = chartWords(context.language);
	if (missing.length > 0) {
		const format = new Intl.ListFormat(context.language, { type: 'conjunction' });
		const groups = format.format(missing.map((group) => group.label));
		return words('participation.summary', { groups });
	}
	const isWhole = tables.every(({ rows }) => rows.every(({ share }) => share.type === 'shown'));
	return words(isWhole ? 'participation.summaryEven' : 'participation.summaryHidden');
}

/** Groups that are clearly under-heard, a pool among them, widest gap first. */
function missingGroups(context: ChartContext, tables: readonly ParticipationTable[]) {
	return tables
		.flatMap((table) =>
			table.rows.flatMap((row) =>
				row.gap === 'under' && row.share.type === 'shown'
					? [
							{
								label: rowLabel(context, row, attributeOf(table)),
								tookPart: row.share.figure.text,
								enrolled: row.enrolledShare.text,
								ratio: ratio(row.share.figure, row.enrolledShare),
							},
						]
					: [],
			),
		)
		.sort((a, b) => a.ratio - b.ratio);
}

function ratio(share: Figure, enrolled: Figure): number {
	return (share.low + share.high) / Math.max(1, enrolled.low + enrolled.high);
}

function attributeOf(table: ParticipationTable): AttributeId {
	const known = ['site', 'level', 'grade_band', 'race'] as const;
	return known.find((attribute) => attribute === table.attributeId) ?? 'site';
}
