// `npm run test:offline [-- SPEC…]`: the journeys in a network namespace that has no way out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium } from './stages/chromium.ts';
import { root } from './stages/command.ts';

/** Raises loopback, shows that nothing else is there, and goes on as the program that follows. */
const INSIDE = `
ip link set lo up || ifconfig lo up || exit 91
"$1" -e 'const s = require("net").connect(443, "198.51.100.1");
s.on("error", (e) => process.exit(e.code === "ENETUNREACH" ? 0 : 92)); s.on("connect", () => process.exit(92));' || exit 92
exec "$@"
`;
const REASONS: Record<number, string> = {
	91: 'loopback could not be raised in the namespace (is ip or ifconfig installed?)',
	92: 'the namespace has a way out after all',
};

process.exitCode = await main(process.argv.slice(2));

async function main(specs: readonly string[]): Promise<number> {
	if (process.platform !== 'linux') {
		return notRun('network namespaces are a thing of Linux');
	}
	const probe = spawnSync('unshare', ['--net', 'true'], { encoding: 'utf8' });
	if (probe.status !== 0) {
		return notRun(probe.error?.message ?? probe.stderr.trim());
	}
	if (!existsSync(join(root, 'apps/web/build/handler.js'))) {
		return notRun('the pages are not built: npm run build');
	}
	const cli = join(root, 'node_modules/@playwright/test/cli.js');
	const { status } = spawnSync(
		'unshare',
		['--net', 'sh', '-c', INSIDE, 'sh', process.execPath, cli, 'test', ...specs],
		{
			cwd: join(root, 'apps/web'),
			env: { ...process.env, CHROMIUM_PATH: await findOrInstallChromium() },
			stdio: 'inherit',
		},
	);
	const reason = REASONS[status ?? 1];
	return reason === undefined ? (status ?? 1) : notRun(reason);
}

/** Not a failure: where it is not allowed, the watch of the server's own connections stands in. */
function notRun(reason: string): number {
	console.log(`not run: ${reason}`);
	return 0;
}
