import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { reportPlainHttp } from './report-plain-http.ts';

test.each([
	[{}, false],
	[{ HOST: '0.0.0.0' }, true],
	[{ PUBLIC_URL: 'http://localhost:4310' }, false],
	[{ PUBLIC_URL: 'http://listen.example.org' }, true],
	[{ PUBLIC_URL: 'https://listen.example.org' }, false],
	[{ HOST: '0.0.0.0', PUBLIC_URL: 'https://listen.example.org' }, false],
])('%j is warned of: %s', (env, isWarned) => {
	const lines: unknown[] = [];
	const log = { warn: (line: unknown) => void lines.push(line) };
	reportPlainHttp(readConfig(env, { isSampleWanted: false }), log);
	expect(lines.length > 0).toBe(isWarned);
});
