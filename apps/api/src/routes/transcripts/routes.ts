import { countSpans } from '@throughline/db/queries/turn-span';
import { deleteTranscript } from '@throughline/db/queries/transcript';
import { countTranscriptUse } from '@throughline/db/queries/transcript-use';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findUnassigned } from '@throughline/db/queries/turn-outline';
import { findUndecided } from '@throughline/db/queries/turn-redaction';
import { Hono } from 'hono';
import { checkTranscript, reopenTranscript } from '../../actions/check-transcript.ts';
import { importTranscript } from '../../actions/import-transcript.ts';
import { transcribeNotes } from '../../actions/transcribe-notes.ts';
import type { Deps } from '../../deps.ts';
import { ownSession } from '../../dialogs/own-session.ts';
import { AppError } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentPreview, presentReport } from '../../presenters/present-transcript.ts';
import { needTranscript, readableTranscript } from '../../transcripts/access.ts';
import type { FileReader } from '../../transcripts/read-file.ts';
import {
	readTranscriptList,
	readTranscriptView,
	readTurnPage,
} from '../../transcripts/read-for-page.ts';
import { findRecording } from '../../transcripts/room.ts';
import {
	type CheckedView,
	type FoundPlace,
	importForm,
	type ImportedView,
	placeQuery,
	previewForm,
	sessionParam,
	transcriptParam,
	type TranscriptUseView,
	turnsQuery,
} from './schema.ts';

/** Transcripts of a session: for whoever was on duty in it; a checked one for coders, too. */
export function transcriptRoutes(deps: Deps, readFile: FileReader) {
	const { db } = deps;
	const canTranscribe = deps.config.TRANSCRIBE_COMMAND !== undefined;
	const authorised = authorise('dialog:run');
	const readable = authorise('transcript:read');
	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', sessionParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			return c.json(await readTranscriptList(db, key, { canTranscribe }), 200);
		})
		.post(
			'/preview',
			authorised,
			valid('param', sessionParam),
			valid('form', previewForm),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				const { file, recordingId = null } = c.req.valid('form');
				const recording = await findRecording(db, { ...key, recordingId });
				const { transcript } = await readFile({
					bytes: new Uint8Array(await file.arrayBuffer()),
					fileName: file.name,
					durationMs: recording?.durationMs ?? undefined,
					hide: null,
				});
				return c.json(presentPreview(transcript), 200);
			},
		)
		.post('/', authorised, valid('param', sessionParam), valid('form', importForm), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			const { file, plan } = c.req.valid('form');
			const bytes = new Uint8Array(await file.arrayBuffer());
			const imported = await importTranscript({ ...deps, readFile }, key, {
				file: { bytes, name: file.name },
				plan,
			});
			const view: ImportedView = { ...imported, report: presentReport(imported.report) };
			return c.json(view, 201);
		})
		.post('/notes', authorised, valid('param', sessionParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			const imported = await transcribeNotes(deps, key);
			const view: ImportedView = { ...imported, report: presentReport(imported.report) };
			return c.json(view, 201);
		})
		.get('/:transcriptId', readable, valid('param', transcriptParam), async (c) => {
			const key = { ...c.req.valid('param'), personId: staffOf(c).personId };
			const readable = await readableTranscript(db, key, c.var.principal);
			return c.json(await readTranscriptView(db, key, readable), 200);
		})
		.get('/:transcriptId/use', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			await needTranscript(db, key);
			const use: TranscriptUseView = await countTranscriptUse(db, key);
			return c.json(use, 200);
		})
		.delete('/:transcriptId', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			await needTranscript(db, key);
			await db.transaction().execute(async (trx) => {
				if ((await countSpans(trx, key)) > 0) {
					throw new AppError(
						'transcript_in_use',
						409,
						'Excerpts rest on this transcript. Take them back first.',
					);
				}
				await deleteTranscript(trx, key);
				await writeAuditEntry(trx, {
					engagementId: key.engagementId,
					id: deps.random.uuid7(),
					personId: key.personId,
					action: 'transcript.deleted',
					target: key.transcriptId,
				});
			});
			return c.json({ status: 'deleted' as const }, 200);
		})
		.get(
			'/:transcriptId/turns',
			readable,
			valid('param', transcriptParam),
			valid('query', turnsQuery),
			async (c) => {
				const key = { ...c.req.valid('param'), personId: staffOf(c).personId };
				const readable = await readableTranscript(db, key, c.var.principal);
				return c.json(await readTurnPage(db, key, { ...readable, ...c.req.valid('query') }), 200);
			},
		)
		.get(
			'/:transcriptId/undecided',
			authorised,
			valid('param', transcriptParam),
			valid('query', placeQuery),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				await needTranscript(db, key);
				const { from } = c.req.valid('query');
				const found =
					(await findUndecided(db, { ...key, from })) ??
					(await findUndecided(db, { ...key, from: -1e9 }));
				const place: FoundPlace | null = found
					? { turnId: found.id, position: found.position, redactionId: found.redactionId }
					: null;
				return c.json({ place }, 200);
			},
		)
		.get(
			'/:transcriptId/unassigned',
			authorised,
			valid('param', transcriptParam),
			valid('query', placeQuery),
			async (c) => {
				const key = await ownKey(deps, c, c.req.valid('param'));
				await needTranscript(db, key);
				const { from } = c.req.valid('query');
				const found =
					(await findUnassigned(db, { ...key, from })) ??
					(await findUnassigned(db, { ...key, from: -1e9 }));
				const place: FoundPlace | null = found
					? { turnId: found.id, position: found.position, redactionId: null }
					: null;
				return c.json({ place }, 200);
			},
		)
		.post('/:transcriptId/check', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			const checked: CheckedView = await checkTranscript(deps, key);
			return c.json(checked, 200);
		})
		.post('/:transcriptId/reopen', authorised, valid('param', transcriptParam), async (c) => {
			const key = await ownKey(deps, c, c.req.valid('param'));
			await reopenTranscript(deps, key);
			return c.json({ status: 'draft' as const }, 200);
		});
}

/**
 * The key with who asks, who must be on duty in the session.
 * @throws AppError 404 otherwise.
 */
export async function ownKey<Key extends { engagementId: string; sessionId: string }>(
	deps: Pick<Deps, 'db'>,
	c: AppContext,
	key: Key,
): Promise<Key & { personId: string }> {
	const { personId } = staffOf(c);
	await ownSession(deps, { ...key, personId });
	return { ...key, personId };
}
