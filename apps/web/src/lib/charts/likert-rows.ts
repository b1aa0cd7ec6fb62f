import type { Cell, Figure, LikertChart } from '@throughline/analysis/charts';
import { figureOf, isPoint, scaleEnd } from './figures.ts';

export type Look = 'disagree-strong' | 'disagree' | 'neutral' | 'agree' | 'agree-strong';

/** One step of a bar: a known share. */
export interface Segment {
	id: string;
	look: Look;
	figure: Figure;
}

/**
 * How a row is drawn. `steps`: every step is one known number. `totals`: at least one step is a range
 * or hidden, so only the two sides are drawn, each as what its words state.
 */
export type LikertDrawing =
	{ type: 'steps'; disagree: Segment[]; neutral: Segment[]; agree: Segment[] } | { type: 'totals' };

type Row = LikertChart['rows'][number];

/** The look of each step: the outermost of a side is the strong one, where a side has several. */
export function stepLooks(steps: LikertChart['steps']): Look[] {
	const count = (side: string) => steps.filter((step) => step.side === side).length;
	return steps.map((step, index) => {
		switch (step.side) {
			case 'neutral':
				return 'neutral';
			case 'disagree':
				return index === 0 && count('disagree') > 1 ? 'disagree-strong' : 'disagree';
			case 'agree':
				return index === steps.length - 1 && count('agree') > 1 ? 'agree-strong' : 'agree';
		}
	});
}

export function drawingOf(steps: LikertChart['steps'], row: Row): LikertDrawing {
	const looks = stepLooks(steps);
	const segments = steps.flatMap((step, index): (Segment & { side: string })[] => {
		const figure = pointOf(row.cells[index]);
		const look = looks[index];
		return figure === null || look === undefined
			? []
			: [{ id: step.id, side: step.side, look, figure }];
	});
	if (segments.length < steps.length) {
		return { type: 'totals' };
	}
	const side = (name: string) => segments.filter((segment) => segment.side === name);
	return {
		type: 'steps',
		disagree: side('disagree'),
		neutral: side('neutral'),
		agree: side('agree'),
	};
}

/** The ends of the two scales: that of either side from the middle, and that of 'not sure'. */
export function scalesOf(chart: LikertChart): { side: number; notSure: number } {
	const sides = chart.rows.flatMap((row) => {
		const drawing = drawingOf(chart.steps, row);
		if (drawing.type === 'totals') {
			return [figureOf(row.agree), figureOf(row.disagree)];
		}
		const middle = sum(drawing.neutral) / 2;
		return [drawing.agree, drawing.disagree].map((segments) => {
			const reach = sum(segments) + middle;
			return { text: '', low: reach, high: reach };
		});
	});
	return {
		side: scaleEnd(sides),
		notSure: scaleEnd(chart.rows.map((row) => figureOf(row.notSure))),
	};
}

/** The shares of segments, added. */
export function sum(segments: readonly Segment[]): number {
	return segments.reduce((total, segment) => total + segment.figure.high, 0);
}

function pointOf(cell: Cell | undefined): Figure | null {
	const figure = cell === undefined ? null : figureOf(cell);
	return figure !== null && isPoint(figure) ? figure : null;
}
