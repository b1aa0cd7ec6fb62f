// `npm run test:offline [-- SPEC…]`: the journeys in a network namespace that has no way out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium } from './stages/chromium.ts';
import { root } from './stages/command.ts';

/**
 * Raises loopback and a wire that ends in the namespace, shows that nothing leads out of it, and goes
 * on as the program that follows. Without the wire the browser says itself that it has no network,
 * and asks nobody anything.
 */
const INSIDE = `
ip link set lo up || exit 91
ip link add name wire0 type veth peer name wire1 && ip addr add 192.0.2.2/24 dev wire0 || exit 93
ip link set wire0 up && ip link set wire1 up || exit 93
"$1" -e 'const s = require("net").connect(443, "198.51.100.1");
s.on("error", (e) => process.exit(e.code === "ENETUNREACH" ? 0 : 92)); s.on("connect", () => process.exit(92));' || exit 92
exec "$@"
`;
const REASONS: Record<number, string> = {
	91: 'loopback could not be raised in the namespace (is ip of iproute2 installed?)',
	92: 'the namespace has a way out after all',
	93: 'no wire could be laid in the namespace (veth)',
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
