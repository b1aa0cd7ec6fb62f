import type {
	ChangedTurns,
	FoundPlace,
	ImportedView,
	SpeechList,
	TakenTurns,
	TranscriptCounts,
	TranscriptList,
	TranscriptPreview,
	TranscriptUseView,
	TranscriptView,
	TurnPage,
} from '@throughline/api/client';
import { api } from '#lib/api.ts';

/** What a person does to one turn, apart from which. */
export type TurnChange =
	| { kind: 'text'; text: string }
	| { kind: 'split'; at: number }
	| { kind: 'merge' }
	| { kind: 'seat'; speaker: string }
	| { kind: 'unclear'; isUnclear: boolean }
	| { kind: 'time'; startMs: number; endMs: number }
	| { kind: 'prompt'; promptKey: string | null; isFromHere: boolean }
	| { kind: 'delete' };

export interface ShownPlace {
	turnId: string;
	at: number;
}

/** The part of the API about the transcripts of one session. */
export function transcriptApi(
	fetch: typeof globalThis.fetch,
	place: { apiPath: string; session: string },
) {
	const calls = api(fetch);
	const session = `${place.apiPath}/dialogs/${encodeURIComponent(place.session)}`;
	const base = `${session}/transcripts`;
	const speech = `${session}/speech-to-text`;
	return {
		list: () => calls.get<TranscriptList>(base),
		preview: (form: FormData) => calls.upload<TranscriptPreview>(`${base}/preview`, form),
		import: (form: FormData) => calls.upload<ImportedView>(base, form),
		takeNotes: () => calls.post<ImportedView>(`${base}/notes`),
		speech: () => calls.get<SpeechList>(speech),
		startSpeech: (body: { recordingId: string; language: string }) =>
			calls.post<SpeechList>(speech, body),
		cancelSpeech: (recordingId: string) =>
			calls.delete<SpeechList>(`${speech}/${encodeURIComponent(recordingId)}`),
		of: (id: string) => one(calls, `${base}/${encodeURIComponent(id)}`),
	};
}

function one(calls: ReturnType<typeof api>, at: string) {
	return {
		view: () => calls.get<TranscriptView>(at),
		turns: (query: { from: number; before?: number | undefined; limit?: number }) => {
			const { from, before, limit = 400 } = query;
			const search = new URLSearchParams({ from: String(from), limit: String(limit) });
			if (before !== undefined) {
				search.set('before', String(before));
			}
			return calls.get<TurnPage>(`${at}/turns?${search}`);
		},
		edit: (turn: { turnId: string; version: number }, change: TurnChange) =>
			calls.post<ChangedTurns>(`${at}/edits`, { ...turn, ...change }),
		step: (direction: 'undo' | 'redo') => calls.post<ChangedTurns>(`${at}/${direction}`),
		next: async (what: 'undecided' | 'unassigned', from: number) =>
			(await calls.get<{ place: FoundPlace | null }>(`${at}/${what}?from=${from}`)).place,
		decide: (id: string, body: { status: 'accepted' | 'rejected'; isForAll: boolean }) =>
			calls.put<ChangedTurns>(`${at}/redactions/${id}`, body),
		hide: (body: { turnId: string; version: number; start: number; end: number; kind: string }) =>
			calls.post<ChangedTurns>(`${at}/redactions`, body),
		mark: (start: ShownPlace, end: ShownPlace) =>
			calls.post<ChangedTurns>(`${at}/spans`, { start, end }),
		take: (promptKey: string | null) => calls.post<TakenTurns>(`${at}/spans/take`, { promptKey }),
		takeBack: (spanId: string) =>
			calls.delete<{ counts: TranscriptCounts }>(`${at}/spans/${spanId}`),
		check: () => calls.post<{ dropped: number }>(`${at}/check`),
		reopen: () => calls.post<{ status: string }>(`${at}/reopen`),
		use: () => calls.get<TranscriptUseView>(`${at}/use`),
		remove: () => calls.delete<{ status: string }>(at),
	};
}

export type OneTranscriptApi = ReturnType<typeof one>;
