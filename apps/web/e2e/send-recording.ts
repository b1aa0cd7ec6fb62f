import type { Page } from '@playwright/test';
import { expect } from './support.ts';

interface Room {
	engagementId: string;
	sessionId: string;
	startedAt: string;
}

/**
 * Sends a recording of another recorder to a session whose people all agreed, and waits until its
 * copy to play is made. The page is of somebody on duty there.
 */
export async function sendRecording(
	page: Page,
	room: Room,
	{ label, wav, offsetMs = 5000 }: { label: string; wav: Buffer; offsetMs?: number },
): Promise<void> {
	const base = `/api/engagements/${room.engagementId}`;
	const recordings = `${base}/dialogs/${room.sessionId}/recordings`;
	const id = crypto.randomUUID();
	const announced = await page.request.post(recordings, {
		data: {
			id,
			source: 'file',
			mime: 'audio/wav',
			label,
			tableNo: null,
			startedAt: room.startedAt,
			offsetMs,
			manifest: { slices: [], gaps: [] },
			cuts: [],
		},
	});
	expect(announced.ok(), await announced.text()).toBe(true);
	const tus = { 'tus-resumable': '1.0.0' };
	const upload = `${base}/uploads/${id}`;
	await page.request.post(upload, { headers: { ...tus, 'upload-length': String(wav.length) } });
	await page.request.patch(upload, {
		headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
		data: wav,
	});
	const verified = await page.request.post(`${recordings}/${id}/verify`, {
		data: { bytes: wav.length, sha256: null },
	});
	expect(verified.ok(), await verified.text()).toBe(true);
	await expect
		.poll(async () => {
			const answer = await page.request.get(`${recordings}/${id}`);
			// The API's own answer; a wrong shape fails here.
			return ((await answer.json()) as { audio: string }).audio;
		})
		.toBe('copy');
}
