import { expect, test } from 'vitest';
import { openDatabase } from './open.ts';
import {
	checkLogging,
	durabilityProblem,
	isDurabilityChecked,
	loggingProblem,
	versionProblem,
} from './open-server.ts';
import { describeOn } from './testing/index.ts';

test.each([
	[150014, true],
	[150020, true],
	[160010, true],
	[170006, true],
	[180000, true],
	[190001, true],
	[150013, false],
	[160009, false],
	[170005, false],
	[140022, false],
	[90624, false],
])('server version number %i is accepted: %s', (number, isAccepted) => {
	expect(versionProblem(number) === null).toBe(isAccepted);
});

test('a refusal names the version to upgrade to', () => {
	expect(versionProblem(170002)).toContain('17.6');
	expect(versionProblem(140022)).toContain('15 or newer');
});

const SAFE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

test('a server that waits for its disk is accepted', () => {
	expect(durabilityProblem(SAFE)).toBeNull();
	expect(durabilityProblem({ ...SAFE, synchronous_commit: 'remote_apply' })).toBeNull();
});

test.each(['fsync', 'synchronous_commit', 'full_page_writes'])('%s = off is refused', (name) => {
	const problem = durabilityProblem({ ...SAFE, [name]: 'off' });
	expect(problem).toContain(`Set ${name} = on for`);
});

describeOn('server', 'a server without fsync', (getDatabase) => {
	test('is refused, unless the connection string says that it is for tests', async () => {
		const { config } = getDatabase();
		const url = 'databaseUrl' in config ? config.databaseUrl : '';
		expect(isDurabilityChecked(url)).toBe(false);
		const databaseUrl = url.replace('durability=unchecked', '');
		await expect(openDatabase({ databaseUrl })).rejects.toMatchObject({
			code: 'server_not_durable',
			message: expect.stringContaining('fsync = off'),
		});
	});
});

const QUIET = {
	log_error_verbosity: 'terse',
	log_statement: 'none',
	log_min_duration_statement: '-1',
	log_min_duration_sample: '-1',
	log_transaction_sample_rate: '0',
	log_parameter_max_length_on_error: '0',
};

test.each([
	['log_error_verbosity', 'default'],
	['log_statement', 'mod'],
	['log_min_duration_statement', '0'],
	['log_min_duration_sample', '100ms'],
	['log_transaction_sample_rate', '0.1'],
	['log_parameter_max_length_on_error', '-1'],
])('a server with %s = %s is said to tell', (name, value) => {
	expect(loggingProblem(QUIET)).toBeNull();
	expect(loggingProblem({ ...QUIET, [name]: value })).toContain(`Set ${name} = `);
});

describeOn('server', 'a server with the settings that PostgreSQL brings', (getDatabase) => {
	test('is said to show rows that it refuses', async () => {
		expect(await checkLogging(getDatabase().pool)).toContain('log_error_verbosity = terse');
	});
});
