import {
	deserialiseModel,
	type Example,
	type Model,
	type PriorText,
	retrain,
	serialiseModel,
	trainModel,
} from '@throughline/analysis/coding';
import { type Alpha, bootstrapAlpha, krippendorffAlpha } from '@throughline/analysis/statistics';
import { seededRandom } from '../sample/random.ts';
import { serveTasks } from './serve-tasks.ts';

export type TrainingTasks = {
	/** Trains a model on what was decided, further from an earlier one where there is one. */
	train: { input: TrainingInput; output: Uint8Array<ArrayBuffer> };
	/** How well coders agreed on each theme. */
	reliability: { input: AgreementInput; output: ThemeAgreement[] };
};

export interface TrainingInput {
	/** The stored model to go on from; null trains from nothing. */
	before: Uint8Array | null;
	examples: Example[];
	prior: PriorText[];
	themeIds: string[];
}

export interface AgreementInput {
	themeIds: string[];
	/** For each excerpt decided by several coders, the themes each of them put on it. */
	units: string[][][];
}

export interface ThemeAgreement {
	themeId: string;
	alpha: Alpha;
	interval: { low: number; high: number } | null;
}

/** Resamples behind an interval. */
const DRAWS = 1000;

serveTasks<TrainingTasks>({
	train(input) {
		const body = serialiseModel(furtherModel(input) ?? freshModel(input));
		return { output: body, transfer: [body.buffer] };
	},
	reliability({ themeIds, units }) {
		const output = themeIds.map((themeId) => {
			const values = units.map((coders) =>
				coders.map((themes) => Number(themes.includes(themeId))),
			);
			return {
				themeId,
				alpha: krippendorffAlpha(values),
				// Seeded: the same decisions give the same interval each time they are looked at.
				interval: bootstrapAlpha(values, {
					random: seededRandom(units.length).next,
					draws: DRAWS,
				}),
			};
		});
		return { output };
	},
});

function freshModel({ examples, prior, themeIds }: TrainingInput): Model {
	return trainModel(examples, { themes: themeIds, prior, isMultiple: true });
}

/** The earlier model with what has changed since; null when it cannot be gone on from. */
function furtherModel({ before, examples, themeIds }: TrainingInput): Model | null {
	const model = before && readModel(before);
	const memory = model?.memory ?? null;
	if (!model || !memory || model.themes.some((theme) => !themeIds.includes(theme))) {
		return null;
	}
	const known = new Map<string, string>();
	const rows = memory.ids.length;
	memory.ids.forEach((id, row) => {
		if (id !== null) {
			const themes = model.themes.filter((_, place) => memory.answers[place * rows + row] === 1);
			known.set(id, themes.sort().join(' '));
		}
	});
	const changed = examples.filter(
		({ id, themes }) => known.get(id) !== [...themes].sort().join(' '),
	);
	const now = new Set(examples.map(({ id }) => id));
	const removed = [...known.keys()].filter((id) => !now.has(id));
	return retrain(model, changed, { removed, themes: themeIds });
}

/** Null when the stored bytes are of another release. */
function readModel(body: Uint8Array): Model | null {
	try {
		return deserialiseModel(body);
	} catch {
		return null;
	}
}
