import type { Page } from '@playwright/test';
import { createHmac } from 'node:crypto';

const STEP_MS = 30_000;

/** An authenticator app: RFC 6238 over the key the page shows, at the server's time. */
export function authenticator(key: string) {
	const bits = [...key.replaceAll(' ', '')].map((letter) =>
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
	);
	const bytes = bits.join('').match(/.{8}/g) ?? [];
	const secret = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
	return (aheadMinutes: number) => {
		const counter = Buffer.alloc(8);
		counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() + aheadMinutes * 60_000) / STEP_MS)));
		const mac = createHmac('sha1', secret).update(counter).digest();
		const number = mac.readUInt32BE(mac.readUInt8(19) & 15) & 0x7fffffff;
		return String(number % 1_000_000).padStart(6, '0');
	};
}

/** Signs in as somebody of the sample by a link, up to the second step. */
export async function useLink(page: Page, role = /^administrator/i): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Enters a code of the app. */
export async function giveCode(page: Page, code: string, button = 'Go on'): Promise<void> {
	await page.getByLabel('Code from your app').fill(code);
	await page.getByRole('button', { name: button }).first().click();
}
