export {
	checkDefinition,
	parseDefinition,
	type ParsedDefinition,
} from './check/check-definition.ts';
export { checkDefinitionFile, type FileCheck } from './check/check-definition-file.ts';
export { definitionTexts, translationProgress, type TextUse } from './check/check-texts.ts';
export { canonicalJson, contentHash, definitionHash } from './canonical-json.ts';
export {
	isClosed,
	longTextLimit,
	refusalCode,
	shortTextLimit,
	surveyDefinitionSchema,
	type ClosedQuestion,
	type LocalText,
	type Option,
	type Profile,
	type Question,
	type QuestionType,
	type Scale,
	type Section,
	type SurveyDefinition,
	type SurveyLanguage,
	type TextQuestion,
} from './definition.ts';
export { ExpressionError, type Expression } from './expression/ast.ts';
export {
	evaluateExpression,
	type Answer,
	type Answers,
	type ExpressionEnvironment,
	type ExpressionResult,
	type ExpressionType,
} from './expression/evaluate.ts';
export { functionNames } from './expression/functions.ts';
export { inspectExpression, type Inspection } from './expression/inspect.ts';
export { parseExpression } from './expression/parse.ts';
export { printExpression } from './expression/print.ts';
export { codePointLength, normalizeText } from './normalize-text.ts';
export {
	checkNotices,
	fillPlaceholders,
	noticeFileSchema,
	noticeParts,
	placeholders,
	type Notice,
	type NoticeFile,
} from './notice.ts';
export type { Problem } from './problem.ts';
export { positionOf, type Stop, type SurveyContext, type SurveyState } from './state.ts';
export {
	compileSurvey,
	nextQuestion,
	optionsFor,
	previousQuestion,
	resultAnswers,
	SurveyDefinitionError,
	withAnswer,
	type Step,
	type Survey,
	type SurveyClosedQuestion,
	type SurveyQuestion,
	type SurveyTextQuestion,
} from './survey.ts';
export { direction, hasText, localText, type Direction, type TextInLanguage } from './text.ts';
export {
	formValue,
	validateAnswer,
	validateResponse,
	type AnswerProblem,
	type AnswerProblemCode,
	type AnswerResult,
	type ResponseProblem,
	type ValidatedResponse,
} from './validation.ts';
