import type { Suggestion } from '@throughline/analysis/coding';
import { listThemes } from '@throughline/db/queries/codebook';
import { listBlindDecisions, readDecisionsMark } from '@throughline/db/queries/disagreement';
import {
	findSuggestionModel,
	listCodedEngagements,
	readModelState,
	writeSuggestionModel,
} from '@throughline/db/queries/suggestion-model';
import type { Deps } from '../deps.ts';
import type { SuggestingTasks } from './suggesting-thread.ts';
import { createThread } from './thread.ts';
import { readTrainingData } from './training-data.ts';
import type { ThemeAgreement, TrainingTasks } from './training-thread.ts';

/** Suggestions and agreement figures, worked out away from the requests. */
export interface Suggestions {
	/** Loads the models of engagements that are being coded, and trains those that are behind. */
	start(): Promise<void>;
	/** Themes a text likely carries, best first; null while there is no model. Never waits for training. */
	suggest(engagementId: string, text: string): Promise<Suggestion[] | null>;
	/** To be told after each decision: every twenty lead to a training. */
	noteDecision(engagementId: string): void;
	/** To be told when words of the codebook changed: the model is trained from nothing. */
	noteCodebook(engagementId: string): void;
	/** Trains now, and is done when the new model is in use. */
	train(engagementId: string): Promise<void>;
	/** How well coders agreed before they saw suggestions, with how many excerpts that rests on. */
	agreement(engagementId: string): Promise<Agreement>;
	stop(): Promise<void>;
}

export interface Agreement {
	units: number;
	themes: ThemeAgreement[];
}

interface EngagementState {
	/** When the model in the thread was trained; null when the thread holds none. */
	loaded: Date | null;
	/** When the stored model was last looked at, by the steady clock. */
	checkedAt: number;
	fresh: number;
	timer: NodeJS.Timeout | null;
	training: Promise<void> | null;
	agreement: { mark: string; figures: Promise<Agreement> } | null;
}

const RETRAIN_AFTER = 20;
/** Several decisions in a row lead to one training. */
const SETTLE_MS = 300;
/** How long another process's newer model may go unnoticed. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Two threads: one holds the models and suggests, the other trains, so that no suggestion waits
 * for a training. Both start when first needed and again when they die. Models are kept in the
 * database, from where any process loads them.
 */
export function createSuggestions({ db, log }: Pick<Deps, 'db' | 'log'>): Suggestions {
	const suggesting = createThread<SuggestingTasks>(
		new URL('./suggesting-thread.ts', import.meta.url),
	);
	const training = createThread<TrainingTasks>(new URL('./training-thread.ts', import.meta.url));
	const states = new Map<string, EngagementState>();
	let isStopped = false;

	function stateOf(engagementId: string): EngagementState {
		const known = states.get(engagementId);
		const state = known ?? {
			loaded: null,
			checkedAt: -LOOK_AGAIN_MS,
			fresh: 0,
			timer: null,
			training: null,
			agreement: null,
		};
		states.set(engagementId, state);
		return state;
	}

	/** Whether the thread holds the newest stored model. */
	async function load(engagementId: string): Promise<boolean> {
		const state = stateOf(engagementId);
		if (state.loaded !== null && performance.now() - state.checkedAt < LOOK_AGAIN_MS) {
			return true;
		}
		const { trainedAt } = await readModelState(db, engagementId);
		state.checkedAt = performance.now();
		if (trainedAt !== null && trainedAt.getTime() !== state.loaded?.getTime()) {
			const stored = await findSuggestionModel(db, engagementId);
			if (stored) {
				await hold(engagementId, stored.body, stored.trainedAt);
			}
		}
		return state.loaded !== null;
	}

	async function hold(engagementId: string, body: Uint8Array, trainedAt: Date): Promise<void> {
		await suggesting.run('load', { engagementId, body });
		stateOf(engagementId).loaded = trainedAt;
	}

	async function trainOnce(engagementId: string): Promise<void> {
		stateOf(engagementId).fresh = 0;
		const { now, trainedAt, isOutdated } = await readModelState(db, engagementId);
		const data = await readTrainingData(db, engagementId);
		if (data.themeIds.length === 0) {
			return;
		}
		const stored =
			trainedAt === null || isOutdated ? undefined : await findSuggestionModel(db, engagementId);
		const body = await training.run('train', { before: stored?.body ?? null, ...data });
		const model = { engagementId, body, trainedOn: data.examples.length, trainedAt: now };
		await writeSuggestionModel(db, model);
		await hold(engagementId, body, now);
	}

	/** One training at a time; asked for again meanwhile, another follows. */
	function train(engagementId: string): Promise<void> {
		const state = stateOf(engagementId);
		const before = state.training ?? Promise.resolve();
		const run = before
			.catch(() => undefined)
			.then(() => trainOnce(engagementId))
			.finally(() => {
				if (state.training === run) {
					state.training = null;
				}
			});
		state.training = run;
		return run;
	}

	/** Trains in the background, soon; several wishes become one. */
	function trainSoon(engagementId: string): void {
		const state = stateOf(engagementId);
		if (isStopped || state.timer !== null) {
			return;
		}
		state.timer = setTimeout(() => {
			state.timer = null;
			train(engagementId).catch((error: unknown) => report(error, 'a model was not trained'));
		}, SETTLE_MS).unref();
	}

	function report(error: unknown, what: string): void {
		if (!isStopped) {
			log.error({ err: error }, what);
		}
	}

	async function suggest(engagementId: string, text: string): Promise<Suggestion[] | null> {
		for (let attempt = 0; attempt < 2; attempt += 1) {
			if (!(await load(engagementId))) {
				break;
			}
			const suggestions = await suggesting.run('suggest', { engagementId, text });
			if (suggestions !== null) {
				return suggestions;
			}
			// The thread was started anew, or gave the model's room to another.
			stateOf(engagementId).loaded = null;
		}
		trainSoon(engagementId);
		return null;
	}

	async function startOne(engagementId: string): Promise<void> {
		const { trainedOn, decided, isOutdated } = await readModelState(db, engagementId);
		if (!(await load(engagementId)) || isOutdated || decided - trainedOn >= RETRAIN_AFTER) {
			await train(engagementId);
		}
	}

	return {
		async start() {
			for (const engagementId of await listCodedEngagements(db)) {
				await startOne(engagementId).catch((error: unknown) =>
					report(error, 'suggestions were not made ready'),
				);
			}
		},
		suggest: (engagementId, text) =>
			suggest(engagementId, text).catch((error: unknown) => {
				report(error, 'suggestions could not be given');
				return null;
			}),
		noteDecision(engagementId) {
			const state = stateOf(engagementId);
			state.fresh += 1;
			if (state.fresh >= RETRAIN_AFTER) {
				trainSoon(engagementId);
			}
		},
		noteCodebook: trainSoon,
		train,
		async agreement(engagementId) {
			const state = stateOf(engagementId);
			const mark = await readDecisionsMark(db, engagementId);
			if (state.agreement?.mark !== mark) {
				const figures = measure(engagementId);
				state.agreement = { mark, figures };
				figures.catch(() => {
					state.agreement = null;
				});
			}
			return state.agreement.figures;
		},
		async stop() {
			isStopped = true;
			for (const { timer } of states.values()) {
				clearTimeout(timer ?? undefined);
			}
			await Promise.all([suggesting.stop(), training.stop()]);
			await Promise.allSettled([...states.values()].flatMap(({ training: run }) => run ?? []));
		},
	};

	async function measure(engagementId: string): Promise<Agreement> {
		const decisions = await listBlindDecisions(db, engagementId);
		const themeIds = (await listThemes(db, engagementId)).map(({ id }) => id);
		const units = [...Map.groupBy(decisions, ({ excerptId }) => excerptId).values()].map((unit) =>
			unit.map((decision) => decision.themeIds),
		);
		const themes = await training.run('reliability', { themeIds, units });
		return { units: units.length, themes };
	}
}
