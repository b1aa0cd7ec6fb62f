import type { Page } from '@playwright/test';
import { expect } from './support.ts';
import { wavOf } from './wav.ts';

export const SHELF = 'The recorder on the shelf, table 2';

/**
 * Announces a recording of another recorder in the first session of the sample, and begins to send
 * it. The page is of somebody on duty there. Gives the address of the session's pages.
 */
export async function announceRecording(page: Page, origin: string): Promise<string> {
	const read = async <T>(path: string) =>
		// The API's own answers; a wrong shape fails below.
		(await (await page.request.get(path)).json()) as T;
	const { engagements } = await read<{ engagements: { id: string }[] }>('/api/session');
	const base = `/api/engagements/${engagements[0]?.id}`;
	const { dialogs } = await read<{ dialogs: { id: string; key: string }[] }>(`${base}/dialogs`);
	const session = dialogs.find(({ key }) => key === 'ds-01')?.id ?? '';
	const headers = { origin };
	const id = crypto.randomUUID();
	const announced = await page.request.post(`${base}/dialogs/${session}/recordings`, {
		headers,
		data: {
			id,
			source: 'file',
			mime: 'audio/wav',
			label: 'The recorder on the shelf',
			tableNo: 2,
			startedAt: '2026-01-15T15:00:05Z',
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
	return `/team/eng-2026-sro/dialogs/${session}`;
}
