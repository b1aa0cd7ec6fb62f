import { addTexts, copyRows, emptyCorpus } from './corpus.ts';
import type { Recipe } from './features.ts';
import type { Memory, Settings } from './model.ts';
import { recipeOf } from './recipe.ts';

/** A text with its themes, on its way into a memory; codebook rows have no id. */
export type Row = {
	id: string | null;
	text: string;
	themes: readonly string[];
	weight: number;
	language: string | null;
};

/** A memory without decisions. */
export function emptyMemory(): Memory {
	return {
		ids: [],
		marks: new Int32Array(0),
		weights: new Float32Array(0),
		corpus: emptyCorpus(),
		answers: new Int8Array(0),
		duals: new Float32Array(0),
	};
}

/** A memory that can be changed without changing the given one. */
export function cloneMemory(memory: Memory): Memory {
	const { vocabulary } = memory.corpus;
	return {
		...memory,
		ids: [...memory.ids],
		corpus: {
			...memory.corpus,
			vocabulary: {
				...vocabulary,
				a: vocabulary.a.slice(),
				b: vocabulary.b.slice(),
				slots: vocabulary.slots.slice(),
			},
			family: memory.corpus.family.slice(),
			start: memory.corpus.start.slice(),
			features: memory.corpus.features.slice(),
			counts: memory.corpus.counts.slice(),
		},
	};
}

type Change = { rows: readonly Row[]; removed: ReadonlySet<string> };

/**
 * Takes decisions into the memory, and others out. Changes the memory.
 *
 * A known id with the same text keeps its row and what was solved for every theme that is decided
 * as before; with another text it becomes a new row.
 */
export function remember(
	memory: Memory,
	{ rows, removed }: Change,
	context: { themes: readonly string[]; before: readonly string[]; settings: Settings },
): void {
	const incoming = new Map<string, Row>();
	for (const row of rows) {
		if (row.id !== null) {
			incoming.set(row.id, row);
		}
	}
	const { kept, decided } = sort(memory, incoming, removed);
	const added = rows.filter((row) => row.id === null || !decided.has(row.id));
	const oldRows = memory.ids.length;
	if (kept.length < oldRows) {
		memory.corpus = copyRows(memory.corpus, kept);
	}
	const recipes = new Map<string | null, Recipe>();
	const recipeFor = (language: string | null): Recipe => {
		const recipe = recipes.get(language) ?? recipeOf(context.settings, language);
		recipes.set(language, recipe);
		return recipe;
	};
	addTexts(
		memory.corpus,
		added.map(({ text, language }) => ({ text, recipe: recipeFor(language) })),
	);
	const rowCount = kept.length + added.length;
	const answers = new Int8Array(rowCount * context.themes.length).fill(-1);
	const duals = new Float32Array(answers.length);
	const now = [...kept.map((row) => incoming.get(memory.ids[row] ?? '') ?? null), ...added];
	const places = new Map(context.before.map((theme, place) => [theme, place]));
	context.themes.forEach((theme, place) => {
		const before = places.get(theme);
		for (let row = 0; row < rowCount; row++) {
			const source = kept[row];
			const old = source === undefined || before === undefined ? -1 : before * oldRows + source;
			const decision = now[row] ?? null;
			const answer = answerOf(decision, theme) ?? memory.answers[old] ?? -1;
			const at = place * rowCount + row;
			answers[at] = answer;
			duals[at] = memory.answers[old] === answer ? (memory.duals[old] ?? 0) : 0;
		}
	});
	const marks = new Int32Array(rowCount * 2);
	const weights = new Float32Array(rowCount);
	for (let row = 0; row < rowCount; row++) {
		const source = kept[row];
		const decision = now[row] ?? null;
		const mark = source === undefined ? markOf(decision?.text ?? '') : null;
		marks[2 * row] = mark?.[0] ?? memory.marks[2 * (source ?? 0)] ?? 0;
		marks[2 * row + 1] = mark?.[1] ?? memory.marks[2 * (source ?? 0) + 1] ?? 0;
		weights[row] = decision?.weight ?? memory.weights[source ?? 0] ?? 1;
	}
	const ids = [...kept.map((row) => memory.ids[row] ?? null), ...added.map((row) => row.id)];
	Object.assign(memory, { ids, marks, weights, answers, duals });
}

function answerOf(decision: Row | null, theme: string): number | null {
	if (decision === null) {
		return null;
	}
	return decision.themes.includes(theme) ? 1 : -1;
}

/** The rows that stay, and the incoming ids whose row stays with its text. */
function sort(
	memory: Memory,
	incoming: ReadonlyMap<string, Row>,
	removed: ReadonlySet<string>,
): { kept: number[]; decided: Set<string> } {
	const kept: number[] = [];
	const decided = new Set<string>();
	memory.ids.forEach((id, row) => {
		const fresh = id === null ? undefined : incoming.get(id);
		if (id === null || (fresh === undefined && !removed.has(id))) {
			kept.push(row);
			return;
		}
		if (fresh === undefined) {
			return;
		}
		const [a, b] = markOf(fresh.text);
		if (memory.marks[2 * row] === a && memory.marks[2 * row + 1] === b) {
			kept.push(row);
			decided.add(id);
		}
	});
	return { kept, decided };
}

/** Two hashes that tell one text from another. */
function markOf(text: string): [number, number] {
	let a = 0x811c9dc5 | 0;
	let b = text.length;
	for (let i = 0; i < text.length; i++) {
		a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
		b = Math.imul(b + text.charCodeAt(i), 0xcc9e2d51);
		b ^= b >>> 15;
	}
	return [a, b];
}
