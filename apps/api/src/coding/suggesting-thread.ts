import {
	deserialiseModel,
	type Model,
	serialiseModel,
	suggest,
	type Suggestion,
} from '@throughline/analysis/coding';
import { serveTasks } from './serve-tasks.ts';

export type SuggestingTasks = {
	/** Takes a model in, in place of an older one of the same engagement. */
	load: { input: { engagementId: string; body: Uint8Array }; output: null };
	/** Suggestions for a text; null when the thread does not hold the engagement's model. */
	suggest: { input: { engagementId: string; text: string }; output: Suggestion[] | null };
};

/** Together the models held take about this much; the one asked least recently goes first. */
const ROOM = 256 * 1024 * 1024;

const held = new Map<string, { model: Model; size: number }>();

serveTasks<SuggestingTasks>({
	load({ engagementId, body }) {
		// Decisions are left behind: what remains is smaller and suggests as well.
		const light = serialiseModel(deserialiseModel(body), { isForSuggestionsOnly: true });
		held.delete(engagementId);
		held.set(engagementId, { model: deserialiseModel(light), size: light.byteLength });
		makeRoom();
		return { output: null };
	},
	suggest({ engagementId, text }) {
		const found = held.get(engagementId);
		if (!found) {
			return { output: null };
		}
		held.delete(engagementId);
		held.set(engagementId, found);
		return { output: suggest(found.model, text) };
	},
});

function makeRoom(): void {
	let total = [...held.values()].reduce((sum, { size }) => sum + size, 0);
	for (const [engagementId, { size }] of held) {
		if (total <= ROOM || held.size === 1) {
			return;
		}
		held.delete(engagementId);
		total -= size;
	}
}
