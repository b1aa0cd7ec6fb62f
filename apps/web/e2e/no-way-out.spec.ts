import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

// Every journey's server is watched (support.ts). This is the control: the watch sees each way.

const watch = join(import.meta.dirname, 'no-way-out.mjs');

for (const [way, code] of [
	['a socket', `require('net').connect(443, '198.51.100.1')`],
	['a socket by name', `require('net').connect({ port: 443, host: 'example.org' })`],
	['TLS', `require('tls').connect(443, 'example.org')`],
	['http', `require('http').get('http://198.51.100.1/')`],
	['fetch', `fetch('http://198.51.100.1/').catch(() => {})`],
] as const) {
	test(`a connection by ${way} is noticed`, () => {
		const { stderr } = spawnSync(process.execPath, ['--import', watch, '-e', code], {
			encoding: 'utf8',
		});
		expect(stderr).toContain('was tried.');
	});
}

test('this machine is not elsewhere', () => {
	const code = `require('http').createServer((q, r) => r.end('x')).listen(0, function () {
		fetch('http://127.0.0.1:' + this.address().port).then((r) => r.text()).then((t) => { console.log(t); process.exit(); });
	})`;
	const { stdout, stderr } = spawnSync(process.execPath, ['--import', watch, '-e', code], {
		encoding: 'utf8',
	});
	expect(stderr).toBe('');
	expect(stdout).toBe('x\n');
});
