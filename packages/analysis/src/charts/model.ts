/**
 * What a chart may know. Every model is built on the server after disclosure control, so it holds
 * only what may be seen: the words shown and the bounds those words state. No raw count or
 * percentage of student data is part of any model.
 */

/** A shown percentage: its words, and the bounds (0–100) that the words themselves state. */
export interface Figure {
	text: string;
	low: number;
	high: number;
}

/** One cell of a chart or table. Primary and complementary suppression look the same. */
export type Cell = { type: 'shown'; figure: Figure } | { type: 'hidden' };

/** How many people stand behind a row: exact for totals, a band such as `40-99` for groups. */
export type PeopleCount = { type: 'exact'; n: number } | { type: 'band'; band: string };

/** What every chart carries, whatever its kind. */
export interface ChartFrame {
	/** Stable id, used as the figure's address (`#q-s01`). */
	id: string;
	/** The finding as a sentence. */
	title: string;
	/** What was measured, in the words the student read. */
	measure: string;
	/** Who answered, and when. */
	population: string;
	/** How many; null where every row has its own number. */
	people: PeopleCount | null;
	/** One sentence that reads the chart aloud. */
	summary: string;
	/** Notes on pooling, rounding, suppression; what the chart does not tell. */
	notes: string[];
	/** Where the CSV of exactly these figures is served. */
	csvUrl: string | null;
}

/** C11: who took part, and who is missing. One block per attribute. */
export interface ParticipationChart extends ChartFrame {
	kind: 'participation';
	attributes: {
		id: string;
		label: string;
		rows: {
			id: string;
			label: string;
			enrolled: Figure;
			tookPart: Cell;
			/** The gap in words ('under-heard: 9% here, 18% enrolled'), or null where hidden or even. */
			gap: string | null;
		}[];
	}[];
}

/** C1: statements on an agreement scale, diverging from the middle. */
export interface LikertChart extends ChartFrame {
	kind: 'likert';
	/** Scale steps from strongest disagreement to strongest agreement, without 'not sure'. */
	steps: { id: string; label: string; side: 'disagree' | 'neutral' | 'agree' }[];
	rows: {
		id: string;
		label: string;
		people: PeopleCount | { type: 'hidden' };
		/** One cell per step, in the order of `steps`. */
		cells: Cell[];
		notSure: Cell;
		agree: Cell;
		disagree: Cell;
	}[];
}

/** A single-choice or multiple-choice question: share of people per option. */
export interface OptionsChart extends ChartFrame {
	kind: 'options';
	/** True when a person could choose several options, so shares do not add up to 100. */
	isMultiple: boolean;
	rows: { id: string; label: string; cell: Cell }[];
}

/** C2: share of coded answers that carry each theme, with its range. */
export interface ThemesChart extends ChartFrame {
	kind: 'themes';
	people: PeopleCount;
	unit: string;
	rows: {
		id: string;
		label: string;
		definition: string;
		cell: Cell;
		/** 95 % range in whole percent; null for a full count, n < 40, or a hidden cell. */
		range: { low: number; high: number } | null;
		url: string | null;
	}[];
}

/** C3: any row × group table: theme × site, or question option × group. */
export interface GroupsChart extends ChartFrame {
	kind: 'groups';
	groupLabel: string;
	groups: { id: string; label: string; people: PeopleCount | { type: 'hidden' } }[];
	rows: { id: string; label: string; cells: Cell[]; url: string | null }[];
}

/** Any chart the results and the public pages can draw. */
export type Chart = ParticipationChart | LikertChart | OptionsChart | ThemesChart | GroupsChart;

/** C7: a cleared quote: the words of a stored span, with only the attributes that may be shown. */
export interface QuoteCard {
	id: string;
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
	/** 'Student, grades 9-10, Granite Point High School' */
	attribution: string;
	themes: { id: string; label: string }[];
	isEditedForPrivacy: boolean;
	/** sha256 of the span's text, hexadecimal; '' for words that were taken back. */
	hash: string;
	/** `text` says that the words were taken back, and when; nothing else is known of them. */
	isTakenBack?: true;
}

/** C8: quotes → themes → recommendation → clause; links both ways by id. */
export interface EvidenceChain {
	recommendation: { id: string; key: string; category: string; text: string; status: string };
	findings: {
		id: string;
		sentence: string;
		charts: { id: string; title: string }[];
		themes: { id: string; label: string; cell: Cell }[];
		quotes: QuoteCard[];
		/** Who saw it differently. */
		minorityView: string | null;
	}[];
	/** The agreement clause, or null: 'No clause yet'. */
	clause: { id: string; label: string; text: string } | null;
	/** Where a clause is expected, as the recommendation's authors wrote it. */
	clauseHint: string | null;
}
