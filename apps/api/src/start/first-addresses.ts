import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
	studentLinks: z.array(z.object({ url: z.url(), code: z.string() })),
	signInLinks: z.record(z.string(), z.url()),
	/** A slip of somebody quoted from a dialog session: the session's code and the seat's. */
	slip: z.object({ session: z.string(), code: z.string() }).optional(),
});

/** Where a newcomer goes first: only ever about the sample engagement. */
export type FirstAddresses = z.output<typeof schema>;

const FILE = 'first-addresses.json';

/** A link that brings its code along in the fragment, which never reaches a server. */
export function studentLink(
	address: string,
	linkKey: string,
	code: string,
): FirstAddresses['studentLinks'][number] {
	return { url: `${address}/s/${linkKey}#${code}`, code };
}

/** What an earlier start left in the data folder; null when there is nothing readable. */
export async function readFirstAddresses(dataDir: string): Promise<FirstAddresses | null> {
	try {
		return schema.parse(JSON.parse(await readFile(join(dataDir, FILE), 'utf8')));
	} catch {
		return null;
	}
}

/** Writes the file whole, readable by this user alone: it holds codes and sign-in links. */
export async function writeFirstAddresses(
	dataDir: string,
	addresses: FirstAddresses,
): Promise<void> {
	const path = join(dataDir, FILE);
	const file = await open(`${path}.new`, 'w', 0o600);
	try {
		await file.writeFile(`${JSON.stringify(addresses, null, '\t')}\n`);
	} finally {
		await file.close();
	}
	await rename(`${path}.new`, path);
}

/** The lines printed below the ready line. */
export function newcomerLines(address: string, addresses: FirstAddresses | null): string[] {
	const rows: [string, string][] = [['The public site', `${address}/`]];
	const student = addresses?.studentLinks[0];
	if (student) {
		rows.push(['A student’s link', student.url], ['  its code', student.code]);
	}
	for (const [role, url] of Object.entries(addresses?.signInLinks ?? {})) {
		rows.push([`Sign in as ${role.replaceAll('_', ' ')}`, url]);
	}
	if (addresses === null) {
		rows.push(['Staff sign in at', `${address}/sign-in`]);
	}
	const width = Math.max(...rows.map(([label]) => label.length));
	return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}
