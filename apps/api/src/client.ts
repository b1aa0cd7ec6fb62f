import { hc } from 'hono/client';
import type { App } from './app.ts';

/** The API as typed calls. `baseUrl` is '/' in pages; hand in the page's own `fetch`. */
export function createClient(baseUrl: string, options: { fetch?: typeof fetch } = {}) {
	return hc<App>(baseUrl, options);
}

export type Client = ReturnType<typeof createClient>;
export type { Problem } from './errors.ts';
export type { AuditVerification } from '@throughline/db/queries/audit-chain';
export type { EngagementOverview, Milestone } from './routes/engagements/schema.ts';
export type { BackupView, RetentionView } from './routes/retention/schema.ts';
export type { AuditChoices, AuditView } from './routes/audit/schema.ts';
export type { InvitationView, MemberView, PeopleView } from './routes/people/schema.ts';
export type { PlacesView, SiteView } from './routes/places/schema.ts';
export type {
	CodebookView,
	ReliabilityView,
	ThemeReliability,
	ThemeView,
} from './routes/codebook/schema.ts';
export type {
	BlankList,
	CodingDesk,
	DecidedList,
	DecisionView,
	DialogSourceView,
	DisagreementList,
	DisagreementView,
	ExcerptBrief,
	ExcerptView,
	NextExcerpts,
	OpenExcerpt,
	SteppedDecision,
	SuggestionsView,
	SuggestionView,
} from './routes/coding/schema.ts';
export type { CodesView, CohortCodes, Slip, Slips } from './routes/codes/schema.ts';
export type { DeviceList, DeviceView, EnrolledDevice } from './routes/devices/schema.ts';
export type { Operation, OperationOf } from './dialogs/operation.ts';
export type {
	OperationResult,
	RoomEntry,
	RoomKit,
	RoomList,
	RoomState,
	SyncView,
} from './routes/dialog-room/schema.ts';
export type { SafetyFlagList, SafetyFlagView } from './routes/safety/schema.ts';
export type {
	DialogBlocker,
	DialogChecklist,
	DialogDetail,
	DialogInput,
	DialogLetter,
	DialogList,
	DialogOptions,
	DialogProgress,
	DialogView,
	DutyView,
	GateView,
	GroupShare,
	GroupSize,
	LetterLanguage,
	LetterText,
	SeatSlips,
} from './routes/dialogs/schema.ts';
export type {
	FindingBody,
	FindingList,
	FindingOptions,
	FindingQuote,
	FindingSummary,
	FindingView,
} from './routes/findings/schema.ts';
export type {
	ChangedField,
	NextStatus,
	RecommendationBody,
	RecommendationChange,
	RecommendationList,
	RecommendationSummary,
	RecommendationView,
} from './routes/recommendations/schema.ts';
export type {
	DialogThemes,
	ResultsOverview,
	ThemeResults,
	WindowResults,
} from './routes/results/schema.ts';
export type { Verification } from './releases/verify-release.ts';
export type {
	PublicEngagement,
	PublicEngagementEntry,
	PublicRelease,
	PublicReleaseEntry,
} from './routes/public/schema.ts';
export type { QuoteList, QuoteSource, QuoteView } from './routes/quotes/schema.ts';
export type { RatesView, RateWindows } from './routes/rates/schema.ts';
export type { RowExportReport, RowExportsView, RowExportView } from './routes/exports/schema.ts';
export type { ReleaseDetail, ReleaseOptions, ReleaseSummary } from './routes/releases/schema.ts';
export type {
	EnrolmentView,
	OwnSessionsView,
	SecondFactorView,
	SessionEngagement,
	SessionView,
	WaysIn,
} from './routes/session/schema.ts';
export type { PreviewQuestion, SurveyList, SurveyPreview } from './routes/surveys/schema.ts';
export type { SpeechList } from './routes/transcripts/speech-schema.ts';
export type { RecordingList, RecordingView } from './routes/recordings/schema.ts';
export type { FlagList, FlagView, OpenFlags } from './routes/flags/schema.ts';
export type { GroupPage, GroupSegmentView } from './routes/group/schema.ts';
export type {
	GroupAnswerView,
	GroupLink,
	GroupReviews,
	GroupReviewView,
	SeatChoices,
} from './routes/voices/schema.ts';
export type {
	FairnessList,
	SessionFairness,
	SessionTalk,
} from './routes/voices/fairness-schema.ts';
export type { WithdrawalChoices, WithdrawalDone } from './routes/withdrawals/schema.ts';
export type {
	WindowDetail,
	WindowList,
	WindowOptions,
	WindowView,
} from './routes/windows/schema.ts';
export type {
	CheckStep,
	FinishResult,
	NoticeStep,
	QuestionStep,
	SaveResult,
	SectionStep,
	StartResult,
	Step,
	StepProblem,
	SurveyThanks,
	SurveyWelcome,
	TextInLanguage,
} from './routes/student/schema.ts';
export type {
	ChangedTurns,
	FoundLabel,
	FoundPlace,
	ImportedView,
	RecordingChoice,
	RedactionLog,
	RedactionView,
	SeatView,
	TakenTurns,
	TranscriptCounts,
	TranscriptList,
	TranscriptPreview,
	TranscriptReportView,
	TranscriptSummary,
	TranscriptUseView,
	TranscriptView,
	TurnPage,
	CheckedTranscripts,
	PromptChoice,
	TurnView,
} from './routes/transcripts/schema.ts';
