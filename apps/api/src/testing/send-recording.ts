import { createHash, randomUUID } from 'node:crypto';
import type { testApp } from './test-app.ts';

export const sha256 = (part: Uint8Array) => createHash('sha256').update(part).digest('hex');

/** Segments as a tablet makes them: each a file of its own, where it began on the session's clock. */
export interface SentSegment {
	bytes: Buffer;
	startMs: number;
	endMs: number;
}

/** What is told of a recording beside its segments, where it is not the usual. */
interface Announced {
	id?: string;
	label?: string;
	tableNo?: number;
	offsetMs?: number;
	gaps?: object[];
	cuts?: object[];
	source?: string;
}

/** A tablet that announces, sends and verifies a recording, one step at a time. */
export function recorderOf(
	sut: ReturnType<typeof testApp>,
	{ engagementId, sessionId, token }: { engagementId: string; sessionId: string; token: string },
) {
	const base = `/api/engagements/${engagementId}`;
	const headers = { 'x-throughline-device': token };
	async function json(method: string, path: string, body: unknown) {
		const response = await sut.app.request(base + path, {
			method,
			body: JSON.stringify(body),
			headers: { ...headers, 'content-type': 'application/json' },
		});
		const parsed: unknown = await response.json();
		return { status: response.status, body: parsed };
	}
	function tus(method: string, id: string, more: Record<string, string> = {}, body?: Buffer) {
		return sut.app.request(`${base}/uploads/${id}`, {
			method,
			headers: { ...headers, 'tus-resumable': '1.0.0', ...more },
			...(body && { body: Uint8Array.from(body) }),
		});
	}
	return {
		json,
		announce: (segments: readonly SentSegment[], { gaps = [], ...more }: Announced = {}) => {
			const id = more.id ?? randomUUID();
			const answer = json('POST', `/dialogs/${sessionId}/recordings`, {
				id,
				source: 'device',
				mime: 'audio/wav',
				label: 'Tablet 1',
				tableNo: null,
				startedAt: '2026-01-15T15:00:05Z',
				offsetMs: segments[0]?.startMs ?? 0,
				manifest: {
					slices: segments.map(({ bytes, startMs, endMs }, segment) => [
						segment,
						bytes.length,
						sha256(bytes),
						startMs,
						endMs,
					]),
					gaps,
				},
				cuts: [],
				...more,
			});
			return answer.then((got) => ({ ...got, id }));
		},
		begin: (id: string, length: number) => tus('POST', id, { 'upload-length': String(length) }),
		async stands(id: string) {
			const response = await tus('HEAD', id);
			return { status: response.status, offset: Number(response.headers.get('upload-offset')) };
		},
		send: (id: string, offset: number, part: Buffer) =>
			tus(
				'PATCH',
				id,
				{
					'upload-offset': String(offset),
					'content-type': 'application/offset+octet-stream',
					'content-length': String(part.length),
				},
				part,
			),
		verify: (id: string, whole: Buffer) =>
			json('POST', `/dialogs/${sessionId}/recordings/${id}/verify`, {
				bytes: whole.length,
				sha256: sha256(whole),
			}),
	};
}
