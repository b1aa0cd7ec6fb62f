import { QueueFull } from '@throughline/db';
import { Hono } from 'hono';
import type { Deps } from './deps.ts';
import { notFound, serverBusy, toProblem } from './errors.ts';
import { authorise } from './http/authorise.ts';
import type { AppEnv } from './http/context.ts';
import { durableFirst } from './http/durable-first.ts';
import { limitBodies } from './http/body-limits.ts';
import { limitJson } from './http/limit-json.ts';
import { createDecisionReader } from './decisions/read-team.ts';
import { createResultsReader } from './results/read-window.ts';
import { createTeamReader } from './results/team-results.ts';
import { openApiDocument } from './http/open-api.ts';
import { sameOrigin } from './http/same-origin.ts';
import { codebookRoutes } from './routes/codebook/routes.ts';
import { cspReportRoutes } from './routes/csp-reports/routes.ts';
import { codeRoutes } from './routes/codes/routes.ts';
import { disagreementRoutes } from './routes/coding/disagreement-routes.ts';
import { codingRoutes } from './routes/coding/routes.ts';
import { deviceRoutes } from './routes/devices/routes.ts';
import { dialogRoomRoutes, ownDialogRoutes } from './routes/dialog-room/routes.ts';
import { dialogRoutes } from './routes/dialogs/routes.ts';
import { exportRoutes } from './routes/exports/routes.ts';
import { engagementRoutes } from './routes/engagements/routes.ts';
import { auditRoutes } from './routes/audit/routes.ts';
import { peopleRoutes } from './routes/people/routes.ts';
import { placeRoutes } from './routes/places/routes.ts';
import { quoteRoutes } from './routes/quotes/routes.ts';
import { rateRoutes } from './routes/rates/routes.ts';
import { ownSessionRoutes } from './routes/session/own-session-routes.ts';
import { sessionRoutes } from './routes/session/routes.ts';
import { secondFactorRoutes } from './routes/session/second-factor-routes.ts';
import { surveyRoutes } from './routes/surveys/routes.ts';
import { windowRoutes } from './routes/windows/routes.ts';
import { healthRoutes } from './routes/health/routes.ts';
import { publicRoutes } from './routes/public/routes.ts';
import { releaseRoutes } from './routes/releases/routes.ts';
import { flagRoutes } from './routes/flags/routes.ts';
import { groupRoutes } from './routes/group/routes.ts';
import { fairnessRoutes } from './routes/voices/fairness-routes.ts';
import { voiceRoutes } from './routes/voices/routes.ts';
import { withdrawalRoutes } from './routes/withdrawals/routes.ts';
import { findingRoutes } from './routes/findings/routes.ts';
import { recommendationRoutes } from './routes/recommendations/routes.ts';
import { keepRoutes } from './routes/recordings/keep-routes.ts';
import { recordingRoutes } from './routes/recordings/routes.ts';
import { uploadRoutes } from './routes/recordings/upload-routes.ts';
import { resultsRoutes } from './routes/results/routes.ts';
import { retentionRoutes } from './routes/retention/routes.ts';
import { safetyRoutes } from './routes/safety/routes.ts';
import { studentRoutes } from './routes/student/routes.ts';
import { transcriptEditRoutes } from './routes/transcripts/edit-routes.ts';
import { redactionLogRoutes } from './routes/transcripts/redaction-log-routes.ts';
import { checkedTranscriptRoutes } from './routes/transcripts/checked-routes.ts';
import { transcriptRoutes } from './routes/transcripts/routes.ts';
import { transcriptSpanRoutes } from './routes/transcripts/span-routes.ts';
import { speechRoutes } from './routes/transcripts/speech-routes.ts';
import { createFileReader } from './transcripts/read-file.ts';
import { createSpeechJobs } from './transcripts/speech-jobs.ts';

const SESSION = '/engagements/:engagementId/dialogs/:sessionId';
const TRANSCRIPTS = `${SESSION}/transcripts` as const;

/** What the queue takes to empty when it is full. */
const LEAST_WAIT_S = 3;
const DRAWN_WAIT_S = 5;

/** The API. Every route is registered here, module by module, with its policy inside the module. */
export function createApp(deps: Deps) {
	const app = new Hono<AppEnv>();

	app.onError((error, c) => {
		const isBusy = error instanceof QueueFull;
		const { status, problem } = toProblem(isBusy ? serverBusy(error) : error);
		if (isBusy) {
			// Drawn, so that those who were refused together do not come back together.
			c.header('Retry-After', String(LEAST_WAIT_S + deps.random.int(DRAWN_WAIT_S)));
			deps.log.warn({ requestId: c.var.requestId }, 'more came at once than can wait');
		} else if (status >= 500) {
			deps.log.error({ requestId: c.var.requestId, err: error }, 'request failed');
		}
		return c.json(problem, status);
	});
	app.notFound((c) => c.json(toProblem(notFound()).problem, 404));

	app.use(async (c, next) => {
		c.set('requestId', deps.random.uuid7());
		c.set('principal', await deps.signIn.principalOf(c.req.raw.headers));
		await next();
		c.header('Cache-Control', 'no-store');
	});
	app.use(sameOrigin(deps.config));
	app.use(limitBodies());
	app.use(limitJson());
	app.use(durableFirst(deps));

	const results = createResultsReader(deps.db);
	const team = createTeamReader(deps.db, results);
	const readFile = createFileReader();
	const readerFor = createDecisionReader(deps.db, { results, team });

	return app
		.basePath('/api')
		.route('/health', healthRoutes(deps))
		.get('/openapi.json', authorise('public:read'), (c) => c.json(openApiDocument(app.routes), 200))
		.all('/auth/*', authorise('sign_in:use'), (c) => deps.signIn.handle(c.req.raw))
		.route('/csp-reports', cspReportRoutes(deps))
		.route('/session', sessionRoutes(deps))
		.route('/session/own', ownSessionRoutes(deps))
		.route('/session/second-factor', secondFactorRoutes(deps))
		.route('/engagements', engagementRoutes(deps))
		.route('/engagements/:engagementId/people', peopleRoutes(deps))
		.route('/engagements/:engagementId/places', placeRoutes(deps))
		.route('/engagements/:engagementId/audit', auditRoutes(deps))
		.route('/engagements/:engagementId/retention', retentionRoutes(deps))
		.route('/engagements/:engagementId/surveys', surveyRoutes(deps))
		.route('/engagements/:engagementId/windows', windowRoutes(deps))
		.route('/engagements/:engagementId/windows/:windowId/codes', codeRoutes(deps))
		.route('/engagements/:engagementId/rates', rateRoutes(deps))
		.route('/engagements/:engagementId/results', resultsRoutes(deps, { team, readerFor }))
		.route('/engagements/:engagementId/findings', findingRoutes(deps, readerFor))
		.route('/engagements/:engagementId/recommendations', recommendationRoutes(deps, readerFor))
		.route('/engagements/:engagementId/releases', releaseRoutes(deps, results))
		.route('/engagements/:engagementId/exports', exportRoutes(deps, results))
		.route('/engagements/:engagementId/codebook', codebookRoutes(deps))
		.route('/engagements/:engagementId/coding', codingRoutes(deps))
		.route('/engagements/:engagementId/disagreements', disagreementRoutes(deps))
		.route('/engagements/:engagementId/quotes', quoteRoutes(deps))
		.route('/engagements/:engagementId/devices', deviceRoutes(deps))
		.route('/engagements/:engagementId/own-dialogs', ownDialogRoutes(deps))
		.route('/engagements/:engagementId/dialogs', dialogRoomRoutes(deps))
		.route('/engagements/:engagementId/safety', safetyRoutes(deps))
		.route('/engagements/:engagementId/dialogs', dialogRoutes(deps))
		.route('/engagements/:engagementId/dialogs/:sessionId/recordings', keepRoutes(deps))
		.route('/engagements/:engagementId/dialogs/:sessionId/recordings', recordingRoutes(deps))
		.route('/engagements/:engagementId/uploads', uploadRoutes(deps))
		.route(TRANSCRIPTS, transcriptRoutes(deps, readFile))
		.route(`${TRANSCRIPTS}/:transcriptId`, transcriptEditRoutes(deps))
		.route(`${SESSION}/speech-to-text`, speechRoutes(deps, createSpeechJobs(deps, readFile)))
		.route(`${TRANSCRIPTS}/:transcriptId/spans`, transcriptSpanRoutes(deps))
		.route('/engagements/:engagementId/transcripts', checkedTranscriptRoutes(deps))
		.route('/engagements/:engagementId/redactions', redactionLogRoutes(deps))
		.route('/engagements/:engagementId/flags', flagRoutes(deps))
		.route('/engagements/:engagementId/voices', voiceRoutes(deps))
		.route('/engagements/:engagementId/fairness', fairnessRoutes(deps))
		.route('/public', publicRoutes(deps))
		.route('/withdrawals', withdrawalRoutes(deps))
		.route('/group', groupRoutes(deps))
		.route('/student', studentRoutes(deps));
}

export type App = ReturnType<typeof createApp>;
