export { priorOfCodebook } from './codebook.ts';
export { evaluateCoding, evaluationSplit, labelledExcerpt } from './evaluate.ts';
export type {
	EvaluateInput,
	EvaluateOptions,
	Evaluation,
	EvaluationSplit,
	LabelledExcerpt,
} from './evaluate.ts';
export type { Example, Model, PriorText, Settings } from './model.ts';
export { scoreTexts } from './score.ts';
export { deserialiseModel, serialiseModel } from './serialise.ts';
export type { SerialiseOptions } from './serialise.ts';
export { suggest } from './suggest.ts';
export type { Evidence, SuggestOptions, Suggestion } from './suggest.ts';
export { retrain, trainModel } from './train.ts';
export type { RetrainOptions, TrainOptions } from './train.ts';
export { UnusableCorpus } from './unusable-corpus.ts';
