import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { type Place, startPlace } from './pictures/place.ts';
import { type Shot, shots } from './pictures/shots.ts';
import { findOrInstallChromium } from './stages/chromium.ts';
import { root } from './stages/command.ts';

const FOLDER = join(root, 'docs/pictures');
const MOST_BYTES = 150 * 1024;
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 740 };

/**
 * Takes the pictures of the guides: starts the server with the sample in a temporary folder, looks
 * at each page as the person a guide is for, and writes docs/pictures. Names given pick some.
 * @throws Error naming each picture that could not be taken.
 */
export async function takePictures(names: readonly string[]): Promise<void> {
	const executablePath = await findOrInstallChromium();
	const dataDir = await mkdtemp(join(tmpdir(), 'throughline-pictures-'));
	try {
		const place = await startPlace(dataDir);
		const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
		try {
			await mkdir(FOLDER, { recursive: true });
			const failures = await takeAll(browser, place, chosen(names));
			if (failures.length > 0) {
				throw new Error(failures.join('\n'));
			}
		} finally {
			await browser.close();
			await place.stop();
		}
	} finally {
		await rm(dataDir, { recursive: true, force: true });
	}
}

function chosen(names: readonly string[]): readonly Shot[] {
	return names.length === 0 ? shots : shots.filter(({ name }) => names.includes(name));
}

async function takeAll(browser: Browser, place: Place, wanted: readonly Shot[]): Promise<string[]> {
	const failures: string[] = [];
	for (const shot of wanted) {
		const context = await contextFor(browser, place, shot);
		try {
			const page = await context.newPage();
			await signIn(page, shot.role);
			await shot.show(page, place);
			const size = await save(page, shot.name);
			console.log(`${shot.name}.webp  ${Math.ceil(size / 1024)} KB`);
		} catch (error) {
			failures.push(`${shot.name}: ${error instanceof Error ? error.message : String(error)}`);
		} finally {
			await context.close();
		}
	}
	return failures;
}

function contextFor(browser: Browser, place: Place, shot: Shot): Promise<BrowserContext> {
	return browser.newContext({
		baseURL: place.origin,
		viewport: shot.isPhone ? PHONE : DESKTOP,
		deviceScaleFactor: shot.isPhone ? 2 : 1,
		locale: 'en-US',
		timezoneId: 'America/Chicago',
		reducedMotion: 'reduce',
	});
}

async function signIn(page: Page, role: string | null): Promise<void> {
	if (role === null) {
		return;
	}
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: new RegExp(`^${role}`, 'i') })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(/\/team\//);
}

/** As WebP, which Chromium writes and Playwright does not. Returns the size in bytes. */
async function save(page: Page, name: string): Promise<number> {
	// As text: the tools know no browser's types.
	await page.evaluate('document.fonts.ready.then(() => undefined)');
	const devtools = await page.context().newCDPSession(page);
	for (const quality of [85, 70, 55]) {
		const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality });
		const picture = Buffer.from(data, 'base64');
		if (picture.length <= MOST_BYTES) {
			await writeFile(join(FOLDER, `${name}.webp`), picture);
			return picture.length;
		}
	}
	throw new Error(`It is larger than ${MOST_BYTES / 1024} KB.`);
}
