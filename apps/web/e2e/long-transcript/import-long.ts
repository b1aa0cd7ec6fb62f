import type { Page } from '@playwright/test';

export const CUES = 40_000;
const HOURS = 6;
const team = '/team/eng-2026-sro';

/** What turn `index` of the long transcript says. */
export function wordsOf(index: number): string {
	return `Turn ${index} is about the hallway, the bus and what happens after school.`;
}

/**
 * Signs in as the sample's facilitator and imports six hours of talk in 40,000 cues.
 * @returns the address of the transcript's page.
 */
export async function importLong(page: Page): Promise<string> {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(new RegExp(`${team}$`));
	const read = async <T>(path: string) =>
		// The API's own answers; a wrong shape fails below.
		(await (await page.request.get(path)).json()) as T;
	const { engagements } = await read<{ engagements: { id: string }[] }>('/api/session');
	const base = `/api/engagements/${engagements[0]?.id}`;
	const { dialogs } = await read<{ dialogs: { id: string; key: string }[] }>(
		`${base}/dialogs?page=1`,
	);
	const session = dialogs.find(({ key }) => key === 'ds-01')?.id ?? '';
	const imported = await page.request.post(`${base}/dialogs/${session}/transcripts`, {
		multipart: {
			file: { name: 'long.vtt', mimeType: 'text/vtt', buffer: Buffer.from(longTalk()) },
			plan: JSON.stringify({
				language: 'en',
				map: [
					{ label: 'Voice A', speaker: 'nobody' },
					{ label: 'Voice B', speaker: 'facilitator' },
				],
			}),
		},
		headers: { origin: new URL(page.url()).origin },
		timeout: 120_000,
	});
	if (imported.status() !== 201) {
		throw new Error(`The transcript was not imported: ${await imported.text()}`);
	}
	const { transcriptId } = (await imported.json()) as { transcriptId: string };
	return `${team}/dialogs/${session}/transcripts/${transcriptId}`;
}

function longTalk(): string {
	const length = (HOURS * 3_600_000) / CUES;
	const time = (ms: number) => new Date(ms).toISOString().slice(11, 23);
	const lines = Array.from({ length: CUES }, (_, index) => {
		const [start, end] = [index * length, index * length + length - 1];
		const seat = index % 3 === 0 ? 'B' : 'A';
		return `${time(start)} --> ${time(end)}\n<v Voice ${seat}>${wordsOf(index)}\n`;
	});
	return `WEBVTT\n\n${lines.join('\n')}`;
}
