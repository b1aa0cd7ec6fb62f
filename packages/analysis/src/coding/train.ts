import { cloneMemory, emptyMemory, remember } from './memory.ts';
import type { Row } from './memory.ts';
import { fit } from './fit.ts';
import { DEFAULT_SETTINGS } from './model.ts';
import type { Example, Model, PriorText, Settings } from './model.ts';

export type TrainOptions = Partial<Settings> & {
	/** The theme ids the model may suggest; by default every id met in the decisions and the prior. */
	themes?: readonly string[];
	/** Words of the codebook, used as further examples: what a model starts from. */
	prior?: readonly PriorText[];
	/** Whether an excerpt may carry several themes; by default whether any decision says so. */
	isMultiple?: boolean;
};

/**
 * Trains a model on decisions (and on the codebook's words, when given).
 *
 * The same examples, options and seed give the same model, byte for byte. An id given twice counts
 * as decided last. With no examples the model rests on the codebook alone; with neither it knows
 * no theme and suggests nothing.
 */
export function trainModel(examples: readonly Example[], options: TrainOptions = {}): Model {
	const { themes: given, prior = [], isMultiple, ...changed } = options;
	const settings = { ...DEFAULT_SETTINGS, ...changed };
	const rows = [
		...prior.map(rowOfPrior(settings)),
		...latest(examples).map(rowOfExample(settings)),
	];
	const themes = given ?? [...new Set(rows.flatMap((row) => row.themes))].sort();
	const memory = emptyMemory();
	remember(memory, { rows, removed: new Set() }, { themes, before: themes, settings });
	return fit(memory, {
		settings,
		themes: [...new Set(themes)],
		isMultiple: isMultiple ?? rows.some((row) => new Set(row.themes).size > 1),
		isFurther: false,
	});
}

/** Changed rows are few, against those known, up to this share. */
const FEW = 0.05;
/** A chosen cut serves until there are this many times as many decisions. */
const CUT_SERVES = 2;

export type RetrainOptions = {
	/** Ids whose decisions were taken back. */
	removed?: readonly string[];
	/** Theme ids to know from now on, besides those of the model and of the new decisions. */
	themes?: readonly string[];
	/** Whether to choose the cut anew on held-out scores; otherwise that waits until decisions have doubled. */
	isCutRenewed?: boolean;
};

/**
 * A model trained further on new decisions; the given model is left as it was.
 *
 * All texts are weighed anew, so words first met now count at once and document frequencies are
 * those of a full training. Only the solving starts where it ended before: the optimum is the same,
 * and where few rows have changed a few passes come as near to it. A decision on an id already known replaces the earlier one.
 *
 * @throws Error when the model was stored without its decisions.
 */
export function retrain(
	model: Model,
	newExamples: readonly Example[],
	options: RetrainOptions = {},
): Model {
	if (model.memory === null) {
		throw new Error(
			'This model only suggests: train a new one, or keep decisions when storing it.',
		);
	}
	const rows = latest(newExamples).map(rowOfExample(model.settings));
	const met = [...(options.themes ?? []), ...rows.flatMap((row) => row.themes)];
	const themes = [...new Set([...model.themes, ...met])];
	const memory = cloneMemory(model.memory);
	const changes = { rows, removed: new Set(options.removed ?? []) };
	remember(memory, changes, { themes, before: model.themes, settings: model.settings });
	const decided = memory.ids.filter((id) => id !== null).length;
	const isKept = options.isCutRenewed !== true && decided < CUT_SERVES * model.cutFrom;
	return fit(memory, {
		settings: model.settings,
		themes,
		isMultiple: model.isMultiple || rows.some((row) => new Set(row.themes).size > 1),
		isFurther: rows.length + changes.removed.size <= FEW * model.memory.ids.length,
		...(isKept ? { cut: { at: model.cut, from: model.cutFrom } } : {}),
	});
}

function latest(examples: readonly Example[]): Example[] {
	return [...new Map(examples.map((example) => [example.id, example])).values()];
}

function rowOfExample(settings: Settings): (example: Example) => Row {
	return ({ id, text, themes, weight = 1, language = settings.language }) => ({
		id,
		text,
		themes,
		weight,
		language,
	});
}

function rowOfPrior(settings: Settings): (prior: PriorText) => Row {
	return ({ themeId, text, weight = 1, language = settings.language }) => ({
		id: null,
		text,
		themes: [themeId],
		weight,
		language,
	});
}
