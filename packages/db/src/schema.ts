import type { ColumnType, Generated } from 'kysely';

/**
 * The tables as TypeScript sees them. One interface per table, columns as in the migrations.
 * `Json<T>` is read as a parsed value and written as a JSON string (see `json()`, exported by the package).
 */
type Json<T = unknown> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;
type CreatedAt = ColumnType<Date, Date | string | undefined, never>;

export type SiteLevel = 'elementary' | 'middle' | 'high';
export type StaffRole =
	| 'facilitator'
	| 'coder'
	| 'safety_responder'
	| 'advisory_member'
	| 'administrator'
	| 'data_steward'
	| 'complaint_officer'
	| 'police_partner';
export type WindowStatus = 'draft' | 'open' | 'closed' | 'opened';
export type RecommendationStatus =
	| 'draft'
	| 'advisory_review'
	| 'advisory_approved'
	| 'admin_approved'
	| 'sent_to_partner'
	| 'in_contract'
	| 'partly_in_contract'
	| 'district_action'
	| 'not_adopted'
	| 'withdrawn';
export type RecommendationCategory =
	| 'relationship_building'
	| 'assessment'
	| 'professional_development'
	| 'communication_transparency'
	| 'other_contract_requests'
	| 'non_contract_district'
	| 'non_contract_advisory';

export type DialogFormat = 'circle' | 'table_rounds' | 'focus_group';
export type RecordingMode = 'audio' | 'notes_only';
export type DialogRole = 'lead' | 'peer_host' | 'note_taker' | 'safe_adult' | 'interpreter';
export type ConsentScope = 'recorded' | 'transcribed' | 'quoted' | 'voice_played' | 'kept';
export type ConsentSource = 'guardian' | 'student' | 'withdrawal';
export type DialogEventKind =
	'prompt' | 'speaking' | 'facilitator' | 'pause' | 'gap' | 'deleted' | 'table';
export type TranscriptSource =
	'notes' | 'webvtt' | 'srt' | 'text' | 'docx' | 'csv' | 'json' | 'speech_to_text';

export interface DistrictTable {
	id: string;
	key: string;
	name: string;
	short_name: string;
	state: string;
	timezone: string;
	default_language: string;
	languages: string[];
	details: Json;
	created_at: CreatedAt;
}
export interface SiteTable {
	id: string;
	district_id: string;
	key: string;
	name: string;
	level: SiteLevel;
	grades: string[];
	has_sro: boolean;
	position: number;
	created_at: CreatedAt;
}
export interface SiteEnrollmentTable {
	site_id: string;
	school_year: string;
	attribute: string;
	value: string;
	n: number;
	created_at: CreatedAt;
}
export interface EngagementTable {
	id: string;
	district_id: string;
	slug: string;
	title: string;
	purpose: string;
	status: 'planned' | 'active' | 'closed';
	is_synthetic: boolean;
	school_year: string;
	min_n: Generated<number>;
	quote_k: Generated<number>;
	decision: Json;
	details: Json;
	created_at: CreatedAt;
}
export interface MandateTable {
	engagement_id: string;
	id: string;
	body: string;
	document: string;
	adopted_on: string;
	created_at: CreatedAt;
}
export interface DirectiveTable {
	engagement_id: string;
	id: string;
	mandate_id: string;
	key: string;
	text: string;
	position: number;
	created_at: CreatedAt;
}
export interface MilestoneTable {
	engagement_id: string;
	id: string;
	key: string;
	label: string;
	starts_on: string;
	ends_on: string | null;
	position: number;
	created_at: CreatedAt;
}
export interface StudentGroupTable {
	engagement_id: string;
	id: string;
	site_id: string;
	key: string;
	name: string;
	kind: 'advocacy' | 'leadership' | 'other';
	created_at: CreatedAt;
}
export interface PersonTable {
	id: string;
	email: string;
	name: string;
	email_verified: boolean;
	image: string | null;
	created_at: ColumnType<Date, Date | string | undefined, Date | string>;
	updated_at: ColumnType<Date, Date | string | undefined, Date | string>;
}
export interface EngagementRoleTable {
	engagement_id: string;
	person_id: string;
	role: StaffRole;
	site_id: string | null;
	ends_on: string | null;
	created_at: CreatedAt;
}
export interface InvitationTable {
	engagement_id: string;
	id: string;
	email: string;
	name: string;
	role: StaffRole;
	invited_by: string | null;
	accepted_at: Time | null;
	expires_at: Time;
	created_at: CreatedAt;
}
export interface AuthSessionTable {
	id: string;
	person_id: string;
	token: string;
	expires_at: Time;
	ip_address: string | null;
	user_agent: string | null;
	created_at: ColumnType<Date, Date | string | undefined, Date | string>;
	updated_at: ColumnType<Date, Date | string | undefined, Date | string>;
	/** When a code was last proved in this session. */
	second_factor_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}
export interface SecondFactorTable {
	person_id: string;
	/** Sealed, as is the one being set up. */
	secret: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
	new_secret: Buffer | null;
	new_in_session: string | null;
	last_step: Generated<number>;
	failures: Generated<number>;
	failed_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
	created_at: CreatedAt;
}
export interface RecoveryCodeTable {
	person_id: string;
	hash: Buffer;
	used_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
	created_at: CreatedAt;
}
export interface AuthAccountTable {
	id: string;
	account_id: string;
	provider_id: string;
	person_id: string;
	access_token: string | null;
	refresh_token: string | null;
	id_token: string | null;
	access_token_expires_at: Time | null;
	refresh_token_expires_at: Time | null;
	scope: string | null;
	password: string | null;
	created_at: ColumnType<Date, Date | string | undefined, Date | string>;
	updated_at: ColumnType<Date, Date | string | undefined, Date | string>;
}
export interface AuthVerificationTable {
	id: string;
	identifier: string;
	value: string;
	expires_at: Time;
	created_at: ColumnType<Date, Date | string | undefined, Date | string>;
	updated_at: ColumnType<Date, Date | string | undefined, Date | string>;
}
export interface AuditEntryTable {
	engagement_id: string;
	id: string;
	person_id: string | null;
	action: string;
	target: string;
	detail: Json;
	created_at: CreatedAt;
	/** Its place in the chain and the hashes that hold it there: set by the database at commit. */
	position: ColumnType<number | null, never, never>;
	previous_hash: ColumnType<Buffer | null, never, never>;
	hash: ColumnType<Buffer | null, never, never>;
}
export interface AuditHeadTable {
	engagement_id: string;
	position: ColumnType<number, never, never>;
	hash: ColumnType<Buffer, never, never>;
	created_at: ColumnType<Date, never, never>;
}

export interface SurveyTable {
	engagement_id: string;
	id: string;
	key: string;
	created_at: CreatedAt;
}
export interface SurveyVersionTable {
	engagement_id: string;
	id: string;
	survey_id: string;
	number: number;
	definition: Json;
	definition_hash: string;
	published_at: Time | null;
	published_by: string | null;
	created_at: CreatedAt;
}
export interface NoticeVersionTable {
	engagement_id: string;
	id: string;
	key: string;
	kind: string;
	number: number;
	body: Json;
	body_hash: string;
	created_at: CreatedAt;
}
export interface SurveyWindowTable {
	engagement_id: string;
	id: string;
	survey_version_id: string;
	notice_version_id: string;
	link_key: string;
	label: string;
	status: WindowStatus;
	opens_at: Time;
	closes_at: Time;
	source: 'codes' | 'import';
	epoch: number;
	created_at: CreatedAt;
	/** Which of the files its envelopes lie in; the database chooses. */
	shelf: Generated<number>;
}
export interface CohortTable {
	engagement_id: string;
	id: string;
	window_id: string;
	site_id: string | null;
	grade: string | null;
	eligible: number;
	codes_made: number;
	created_at: CreatedAt;
}
export interface AccessCodeTable {
	engagement_id: string;
	window_id: string;
	code_hash: Buffer;
	cohort_id: string;
	state: number;
	sid_hash: Buffer | null;
}
export interface DraftTable {
	engagement_id: string;
	window_id: string;
	code_hash: Buffer;
	body: Buffer;
}
export interface EnvelopeTable {
	engagement_id: string;
	id: string;
	window_id: string;
	cohort_id: string;
	epoch: number;
	body: Buffer;
	/** That of its window. */
	shelf: number;
}
export interface ResponseTable {
	engagement_id: string;
	id: string;
	window_id: string;
	cohort_id: string;
	answers: Json<StoredAnswers>;
}
/**
 * What a response holds: which versions were answered, in which language, and the answers. Not in which
 * order options were shown: whoever saw a screen would know it again.
 */
export interface StoredAnswers {
	meta: { survey: string; notice: string; language: string };
	values: Record<string, string | string[]>;
}
export interface OpeningLogTable {
	engagement_id: string;
	window_id: string;
	cohort_id: string;
	epoch: number;
	n: number;
	opened_on: string;
	created_at: CreatedAt;
}
/** How far the opening of a window has come; days, never times. */
export interface OpeningTable {
	engagement_id: string;
	window_id: string;
	epoch: number;
	opened_on: string;
	rewritten_on: string | null;
	backed_up_on: string | null;
	key_destroyed_on: string | null;
}
export type TombstoneKind =
	'seat' | 'excerpt' | 'note' | 'recording' | 'cut' | 'key' | 'role' | 'invitation' | 'purged';
/** Something that was taken back, deleted, shredded or ended, and may not come back with a backup. */
export interface TombstoneTable {
	id: Generated<string>;
	engagement_id: string;
	kind: TombstoneKind;
	target: string;
	detail: Json<Record<string, unknown>>;
	is_pending: Generated<boolean>;
	created_at: CreatedAt;
}
/** How many rows of a kind were purged on a day because their time was over. */
export interface PurgeEntryTable {
	id: string;
	engagement_id: string | null;
	kind: string;
	rows: number;
	days: number;
	purged_on: string;
	created_at: CreatedAt;
}
/** The last night a job of the night was done for. */
export interface NightJobTable {
	name: string;
	last_night: string;
}
/** A known text sealed with a window's epoch key. */
export interface EpochCanaryTable {
	engagement_id: string;
	window_id: string;
	epoch: number;
	body: Buffer;
}
export interface ResponseRateTable {
	engagement_id: string;
	window_id: string;
	as_of: string;
	scope: string;
	shown: Json;
	created_at: CreatedAt;
}

export interface ExcerptTable {
	engagement_id: string;
	id: string;
	source_kind: 'answer' | 'turn';
	source_id: string;
	window_id: string | null;
	question_id: string | null;
	text: string;
	text_hash: string;
	language: string;
	redactions: Json<{ start: number; end: number; kind: string }[]>;
	is_non_answer: boolean;
	queue_position: number;
	in_sample: boolean;
	/** Of turns only. */
	session_id: string | null;
	prompt_key: string | null;
	withdrawn_at: Time | null;
	note: Generated<'exact' | 'paraphrase' | null>;
	created_at: CreatedAt;
}
export interface CodebookTable {
	engagement_id: string;
	id: string;
	title: string;
	unit: string;
	number: number;
	created_at: CreatedAt;
}
export interface ThemeGroupTable {
	engagement_id: string;
	id: string;
	codebook_id: string;
	key: string;
	label: string;
	position: number;
	created_at: CreatedAt;
}
export interface ThemeTable {
	engagement_id: string;
	id: string;
	theme_group_id: string;
	key: string;
	label: string;
	definition: string;
	include: string[];
	exclude: string[];
	examples: string[];
	position: number;
	archived_at: Time | null;
	created_at: CreatedAt;
}
export interface ExcerptDecisionTable {
	engagement_id: string;
	excerpt_id: string;
	coder_id: string;
	saw_suggestions: boolean;
	decided_at: Time;
	created_at: CreatedAt;
}
export interface CodingTable {
	engagement_id: string;
	excerpt_id: string;
	coder_id: string;
	theme_id: string;
	created_at: CreatedAt;
}
/** A coder's decision on one excerpt, as kept for undo; null means 'not decided'. */
export type DecisionState = { themeIds: string[]; sawSuggestions: boolean } | null;
export interface CodingStepTable {
	engagement_id: string;
	id: string;
	coder_id: string;
	excerpt_id: string;
	before: ColumnType<DecisionState, string | null, string | null>;
	after: ColumnType<DecisionState, string | null, string | null>;
	is_undone: boolean;
	created_at: CreatedAt;
}
export interface AdjudicationTable {
	engagement_id: string;
	excerpt_id: string;
	theme_ids: string[];
	decided_by: string | null;
	note: string;
	created_at: CreatedAt;
}
export interface ExcerptRevealTable {
	engagement_id: string;
	excerpt_id: string;
	coder_id: string;
	kind: 'suggestions' | 'codings';
	created_at: CreatedAt;
}
export interface SuggestionModelTable {
	engagement_id: string;
	body: Buffer;
	trained_on: number;
	trained_at: Time;
	created_at: CreatedAt;
}

export interface QuoteTable {
	engagement_id: string;
	id: string;
	excerpt_id: string;
	start_at: number;
	end_at: number;
	text_hash: string;
	proposed_by: string | null;
	withdrawn_at: Time | null;
	created_at: CreatedAt;
}
export interface QuoteClearanceTable {
	engagement_id: string;
	quote_id: string;
	person_id: string;
	is_cleared: boolean;
	reason: string;
	created_at: CreatedAt;
}
export interface FindingTable {
	engagement_id: string;
	id: string;
	sentence: string;
	minority_view: string;
	status: 'draft' | 'ready';
	created_by: string | null;
	version: number;
	updated_at: Time;
	archived_at: Time | null;
	created_at: CreatedAt;
}
export interface FindingTableTable {
	engagement_id: string;
	finding_id: string;
	position: number;
	window_id: string;
	kind: 'question' | 'themes';
	ref: string;
	breakdown: string | null;
	created_at: CreatedAt;
}
export interface FindingThemeTable {
	engagement_id: string;
	finding_id: string;
	theme_id: string;
	created_at: CreatedAt;
}
export interface FindingQuoteTable {
	engagement_id: string;
	finding_id: string;
	quote_id: string;
	created_at: CreatedAt;
}
export interface RecommendationTable {
	engagement_id: string;
	id: string;
	key: string;
	category: RecommendationCategory;
	text: string;
	owner: string;
	measure: string;
	target: string;
	clause_hint: string | null;
	status: RecommendationStatus;
	reason: string | null;
	dissent: string | null;
	version: number;
	updated_at: Time;
	created_at: CreatedAt;
}
export interface RecommendationVersionTable {
	engagement_id: string;
	recommendation_id: string;
	version: number;
	body: Json;
	changed_by: string | null;
	created_at: CreatedAt;
}
export interface RecommendationFindingTable {
	engagement_id: string;
	recommendation_id: string;
	finding_id: string;
	created_at: CreatedAt;
}
export interface ReleaseTable {
	engagement_id: string;
	id: string;
	slug: string;
	title: string;
	window_id: string;
	status: 'draft' | 'frozen';
	body: Json;
	body_hash: string;
	audit: Json;
	created_by: string | null;
	frozen_at: Time | null;
	created_at: CreatedAt;
}
export interface ReleaseApprovalTable {
	engagement_id: string;
	release_id: string;
	person_id: string;
	role: string;
	body_hash: string;
	accepted: ColumnType<unknown, string | undefined, string>;
	created_at: CreatedAt;
}

/** Who asked for the rows of a window, and who let them: the file itself is never stored. */
export interface RowExportTable {
	engagement_id: string;
	id: string;
	window_id: string;
	k: number;
	rules: string;
	reason: string;
	requested_by: string;
	requested_at: Time;
	decided_by: string | null;
	decided_at: Time | null;
	is_approved: boolean | null;
	decision_reason: string | null;
	expires_at: Time;
	fetched_at: Time | null;
	file_hash: string | null;
	created_at: CreatedAt;
}

export interface DialogGuideVersionTable {
	engagement_id: string;
	id: string;
	key: string;
	number: number;
	body: Json;
	body_hash: string;
	created_at: CreatedAt;
}
export interface DialogSessionTable {
	engagement_id: string;
	id: string;
	key: string;
	slip_code: string;
	student_group_id: string | null;
	site_id: string;
	guide_version_id: string;
	directive_id: string | null;
	format: DialogFormat;
	starts_at: Time;
	minutes: number;
	place: string;
	planned_participants: number;
	languages: string[];
	recording_plan: RecordingMode;
	recording_mode: RecordingMode | null;
	status: 'planned' | 'running' | 'held' | 'cancelled';
	started_at: Time | null;
	ended_at: Time | null;
	participants: number | null;
	agreements: string;
	deviations: string;
	created_by: string | null;
	version: number;
	updated_at: Time;
	created_at: CreatedAt;
}
export interface DialogDutyTable {
	engagement_id: string;
	id: string;
	session_id: string;
	role: DialogRole;
	person_id: string | null;
	created_at: CreatedAt;
}
export interface DialogGateTable {
	engagement_id: string;
	session_id: string;
	step: string;
	done_by: string | null;
	done_at: Time;
	created_at: CreatedAt;
}
export interface DialogSeatTable {
	engagement_id: string;
	id: string;
	session_id: string;
	label: string;
	position: number;
	slip_hash: Buffer | null;
	taken_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	withdrawn_at: Time | null;
	created_at: CreatedAt;
}
export interface ConsentEntryTable {
	engagement_id: string;
	id: string;
	session_id: string;
	seat_id: string;
	scope: ConsentScope;
	source: ConsentSource;
	is_given: boolean;
	language: string;
	words_hash: string;
	witness_id: string | null;
	said_at: Time;
	created_at: CreatedAt;
}
export interface ConsentWordsTable {
	engagement_id: string;
	words_hash: string;
	language: string;
	words: string;
	created_at: CreatedAt;
}
export interface DialogCountTable {
	engagement_id: string;
	session_id: string;
	attribute: string;
	value: string;
	n: number;
	created_at: CreatedAt;
}
export interface DialogNoteTable {
	engagement_id: string;
	id: string;
	session_id: string;
	prompt_key: string | null;
	seat_id: string | null;
	table_no: number | null;
	at_ms: number;
	text: string;
	is_exact: boolean;
	language: string;
	version: number;
	deleted_at: Time | null;
	created_at: CreatedAt;
}
export interface DialogEventTable {
	engagement_id: string;
	id: string;
	session_id: string;
	kind: DialogEventKind;
	start_ms: number;
	end_ms: number | null;
	prompt_key: string | null;
	seat_id: string | null;
	table_no: number | null;
	reason: string;
	created_at: CreatedAt;
}
export interface SafetyFlagTable {
	engagement_id: string;
	id: string;
	session_id: string;
	to_person_id: string;
	raised_by: string | null;
	at_ms: number;
	body: Buffer;
	seen_at: Time | null;
	closed_at: Time | null;
	created_at: CreatedAt;
}
export interface ProjectDeviceTable {
	engagement_id: string;
	id: string;
	label: string;
	person_id: string;
	token_hash: Buffer;
	last_seen_on: string | null;
	revoked_at: Time | null;
	created_at: CreatedAt;
}
export interface DialogOperationTable {
	engagement_id: string;
	id: string;
	session_id: string;
	device_id: string | null;
	register: string;
	said_at: Time;
	created_at: CreatedAt;
}
/** What the device says of one slice of a recording: its place, its bytes, its time. */
export interface RecordingSlice {
	number: number;
	/** A segment is a file of its own: one begins after every pause and crash. */
	segment: number;
	bytes: number;
	sha256: string;
	startMs: number;
	endMs: number;
}
/** A stretch without sound, on the session's clock, and why. */
export interface RecordingGap {
	startMs: number;
	endMs: number;
	reason: string;
}
export interface RecordingManifest {
	slices: RecordingSlice[];
	gaps: RecordingGap[];
}
export interface RecordingTable {
	engagement_id: string;
	id: string;
	session_id: string;
	device_id: string | null;
	label: string;
	table_no: number | null;
	mime: string;
	status: 'announced' | 'received' | 'ready' | 'failed' | 'deleted';
	started_at: Time;
	offset_ms: number;
	duration_ms: number | null;
	bytes: number | null;
	sha256: string | null;
	manifest: Json<RecordingManifest>;
	progress: ColumnType<number, number | undefined, number>;
	problem: string | null;
	delete_after: string;
	deleted_at: Time | null;
	created_by: string | null;
	created_at: CreatedAt;
}
export interface RecordingCutTable {
	engagement_id: string;
	id: string;
	recording_id: string;
	start_ms: number;
	end_ms: number;
	reason: 'asked' | 'withdrawn' | 'redacted';
	redaction_id: string | null;
	created_at: CreatedAt;
}
export interface TranscriptTable {
	engagement_id: string;
	id: string;
	session_id: string;
	recording_id: string | null;
	source: TranscriptSource;
	language: string;
	offset_ms: number;
	report: Json;
	status: 'draft' | 'checked';
	checked_by: string | null;
	checked_at: Time | null;
	created_by: string | null;
	version: number;
	updated_at: Time;
	created_at: CreatedAt;
}
export interface TurnTable {
	engagement_id: string;
	id: string;
	transcript_id: string;
	position: number;
	start_ms: number;
	end_ms: number;
	kind: 'speech' | 'missing';
	seat_id: string | null;
	is_facilitator: boolean;
	is_nobodys: Generated<boolean>;
	prompt_key: string | null;
	text: string;
	note: Generated<'exact' | 'paraphrase' | null>;
	is_rooms: Generated<boolean>;
	is_unclear: boolean;
	version: Generated<number>;
	created_at: CreatedAt;
}
export interface SpeechJobTable {
	engagement_id: string;
	recording_id: string;
	session_id: string;
	run_id: string;
	language: string;
	status: 'waiting' | 'running' | 'done' | 'failed';
	percent: number;
	message: string | null;
	transcript_id: string | null;
	started_by: string | null;
	beat_at: Time;
	created_at: CreatedAt;
}
export interface TurnEditTable {
	engagement_id: string;
	id: string;
	transcript_id: string;
	person_id: string | null;
	kind:
		'text' | 'split' | 'merge' | 'seat' | 'unclear' | 'time' | 'delete' | 'redaction' | 'prompt';
	before: Json;
	after: Json;
	is_undone: boolean;
	created_at: CreatedAt;
}
export interface TurnRedactionTable {
	engagement_id: string;
	id: string;
	transcript_id: string;
	turn_id: string;
	start_at: number;
	end_at: number;
	kind: string;
	source: 'suggested' | 'by_hand';
	status: 'suggested' | 'accepted' | 'rejected';
	decided_by: string | null;
	decided_at: Time | null;
	created_at: CreatedAt;
}
export interface TurnSpanTable {
	engagement_id: string;
	id: string;
	session_id: string;
	transcript_id: string;
	start_turn_id: string;
	start_at: number;
	end_turn_id: string;
	end_at: number;
	start_ms: number;
	end_ms: number;
	prompt_key: string | null;
	created_by: string | null;
	is_rooms: Generated<boolean>;
	created_at: CreatedAt;
}
export interface TurnSpanSeatTable {
	engagement_id: string;
	span_id: string;
	seat_id: string;
	created_at: CreatedAt;
}
export interface TakenBackQuoteTable {
	engagement_id: string;
	quote_id: string;
	taken_back_at: Time;
	created_at: CreatedAt;
}
export interface ReviewFlagTable {
	engagement_id: string;
	id: string;
	target_type: 'quote' | 'finding' | 'recommendation' | 'release';
	target_id: string;
	excerpt_id: string;
	reason: 'withdrawn' | 'corrected';
	resolved_by: string | null;
	resolved_at: Time | null;
	resolution: string;
	created_at: CreatedAt;
}
export interface GroupReviewTable {
	engagement_id: string;
	id: string;
	session_id: string;
	token_hash: Buffer;
	open_until: string;
	closed_at: Time | null;
	created_by: string | null;
	created_at: CreatedAt;
}
export interface GroupAnswerTable {
	engagement_id: string;
	id: string;
	review_id: string;
	excerpt_id: string;
	kind: 'approve' | 'correct' | 'withdraw';
	text: string;
	handled_at: Time | null;
	handled_by: string | null;
	created_at: CreatedAt;
}

export interface Schema {
	district: DistrictTable;
	site: SiteTable;
	site_enrollment: SiteEnrollmentTable;
	engagement: EngagementTable;
	mandate: MandateTable;
	directive: DirectiveTable;
	milestone: MilestoneTable;
	student_group: StudentGroupTable;
	person: PersonTable;
	engagement_role: EngagementRoleTable;
	invitation: InvitationTable;
	auth_session: AuthSessionTable;
	second_factor: SecondFactorTable;
	recovery_code: RecoveryCodeTable;
	auth_account: AuthAccountTable;
	auth_verification: AuthVerificationTable;
	audit_entry: AuditEntryTable;
	audit_head: AuditHeadTable;
	survey: SurveyTable;
	survey_version: SurveyVersionTable;
	notice_version: NoticeVersionTable;
	survey_window: SurveyWindowTable;
	cohort: CohortTable;
	access_code: AccessCodeTable;
	draft: DraftTable;
	envelope: EnvelopeTable;
	response: ResponseTable;
	opening_log: OpeningLogTable;
	opening: OpeningTable;
	tombstone: TombstoneTable;
	purge_entry: PurgeEntryTable;
	night_job: NightJobTable;
	epoch_canary: EpochCanaryTable;
	response_rate: ResponseRateTable;
	excerpt: ExcerptTable;
	codebook: CodebookTable;
	theme_group: ThemeGroupTable;
	theme: ThemeTable;
	excerpt_decision: ExcerptDecisionTable;
	coding: CodingTable;
	coding_step: CodingStepTable;
	adjudication: AdjudicationTable;
	excerpt_reveal: ExcerptRevealTable;
	suggestion_model: SuggestionModelTable;
	quote: QuoteTable;
	quote_clearance: QuoteClearanceTable;
	finding: FindingTable;
	finding_table: FindingTableTable;
	finding_theme: FindingThemeTable;
	finding_quote: FindingQuoteTable;
	recommendation: RecommendationTable;
	recommendation_version: RecommendationVersionTable;
	recommendation_finding: RecommendationFindingTable;
	release: ReleaseTable;
	release_approval: ReleaseApprovalTable;
	row_export: RowExportTable;
	dialog_guide_version: DialogGuideVersionTable;
	dialog_session: DialogSessionTable;
	dialog_duty: DialogDutyTable;
	dialog_gate: DialogGateTable;
	dialog_seat: DialogSeatTable;
	consent_entry: ConsentEntryTable;
	consent_words: ConsentWordsTable;
	dialog_count: DialogCountTable;
	dialog_note: DialogNoteTable;
	dialog_event: DialogEventTable;
	safety_flag: SafetyFlagTable;
	project_device: ProjectDeviceTable;
	dialog_operation: DialogOperationTable;
	recording: RecordingTable;
	recording_cut: RecordingCutTable;
	transcript: TranscriptTable;
	turn: TurnTable;
	speech_job: SpeechJobTable;
	turn_edit: TurnEditTable;
	turn_redaction: TurnRedactionTable;
	turn_span: TurnSpanTable;
	turn_span_seat: TurnSpanSeatTable;
	taken_back_quote: TakenBackQuoteTable;
	review_flag: ReviewFlagTable;
	group_review: GroupReviewTable;
	group_answer: GroupAnswerTable;
}
