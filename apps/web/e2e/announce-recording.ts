import type { Page } from '@playwright/test';
import { openRoom } from './recorder/room.ts';
import { expect } from './support.ts';
import { wavOf } from './wav.ts';

export const SHELF = 'The recorder on the shelf, table 2';

/**
 * Starts a session of the sample with sound, announces a recording of another recorder in it, and
 * begins to send it. The page is of a facilitator on duty there. Gives the address of its pages.
 */
export async function announceRecording(page: Page, origin: string): Promise<string> {
	const room = await openRoom(page.context(), origin);
	const base = `/api/engagements/${room.engagementId}`;
	const headers = { origin };
	const id = crypto.randomUUID();
	const announced = await page.request.post(`${base}/dialogs/${room.sessionId}/recordings`, {
		headers,
		data: {
			id,
			source: 'file',
			mime: 'audio/wav',
			label: 'The recorder on the shelf',
			tableNo: 2,
			startedAt: room.startedAt,
			offsetMs: 5000,
			manifest: {
				slices: [],
				gaps: [{ startMs: 6000, endMs: 7000, reason: 'hidden' }],
			},
			cuts: [],
		},
	});
	expect(announced.ok(), await announced.text()).toBe(true);
	await page.request.post(`${base}/uploads/${id}`, {
		headers: { ...headers, 'tus-resumable': '1.0.0', 'upload-length': String(wavOf(3).length) },
	});
	return `/team/eng-2026-sro/dialogs/${room.sessionId}`;
}
