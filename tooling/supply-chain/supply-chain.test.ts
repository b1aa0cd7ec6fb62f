import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../stages/command.ts';
import { belowFloor, FLOORS, isBelow } from './floors.ts';
import { licenceOf, unlicensed } from './licences.ts';
import { lockedIn, readLockfile } from './lockfile.ts';
import { billOfMaterials } from './sbom.ts';
import { unpinned, untrusted } from './sources.ts';

const packages = await readLockfile();

test('the lockfile is read: some hundred packages, no workspace of ours', () => {
	expect(packages.length).toBeGreaterThan(200);
	expect(packages.filter(({ name }) => name.startsWith('@throughline/'))).toEqual([]);
});

test('no package is older than its last advisory', () => {
	expect(belowFloor(packages)).toEqual([]);
	const installed = new Set(packages.map(({ name }) => name));
	expect(FLOORS.map(({ name }) => name).filter((name) => !installed.has(name))).toEqual([]);
});

test('every package is named by its hash, comes from the registry and runs nothing when installed', () => {
	expect(untrusted(packages)).toEqual([]);
});

test('every package is under a licence that was looked at', () => {
	expect(unlicensed(packages)).toEqual([]);
});

test('we ask for exact versions', async () => {
	const problems: string[] = [];
	for await (const file of glob(
		'{package.json,{apps,packages}/*/package.json,tooling/package.json}',
		{
			cwd: root,
		},
	)) {
		const text = await readFile(join(root, file), 'utf8');
		// Our own file, in npm's shape.
		const wishes = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
		for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
			problems.push(...unpinned(file, wishes[kind] ?? {}));
		}
	}

	expect(problems).toEqual([]);
});

test('Node itself is pinned, at a version that still gets security releases', async () => {
	const pinned = packages.filter(({ name }) => /^node-(linux|darwin|win)-/.test(name));

	expect(pinned.length).toBeGreaterThan(0);
	expect(pinned.filter(({ version }) => isBelow(version, '24.0.0'))).toEqual([]);
});

test('the bill of materials names every package once, with its hash and licence', () => {
	// Our own document.
	const bill = JSON.parse(billOfMaterials(packages, '0.1.0')) as {
		components: { purl: string; hashes: { content: string }[]; licenses: object[] }[];
	};
	const purls = bill.components.map(({ purl }) => purl);

	expect(new Set(purls).size).toBe(purls.length);
	expect(new Set(packages.map(({ name, version }) => `${name}@${version}`)).size).toBe(
		purls.length,
	);
	expect(purls).toContain('pkg:npm/%40sveltejs/kit@3.2.0');
	expect(
		bill.components.every(({ hashes }) => /^[0-9a-f]{128}$/.test(hashes[0]?.content ?? '')),
	).toBe(true);
});

describe('what should be noticed is noticed (the control)', () => {
	const bad = lockedIn({
		'node_modules/hono': {
			version: '4.13.4',
			resolved: 'git+ssh://git@github.com/x/hono.git#abc',
			license: 'AGPL-3.0-only',
			hasInstallScript: true,
		},
	});

	test('an old, foreign, unhashed package with an install script under another licence', () => {
		expect(belowFloor(bad)).toHaveLength(1);
		expect(untrusted(bad)).toHaveLength(3);
		expect(unlicensed(bad)).toEqual(['node_modules/hono is under AGPL-3.0-only.']);
	});

	test.each(['^1.0.0', '~1.0.0', '1.x', 'latest', '*', 'github:a/b', 'https://a.example/b.tgz'])(
		'%s is no version',
		(wish) => {
			expect(unpinned('package.json', { a: wish })).toHaveLength(1);
		},
	);

	test.each([
		['4.13.18', '4.13.19', true],
		['4.13.19', '4.13.19', false],
		['4.9.0', '4.13.0', true],
		['5.0.0', '4.13.19', false],
		['4.13.19-rc.1', '4.13.19', true],
	])('%s is below %s: %s', (version, lowest, expected) => {
		expect(isBelow(version, lowest)).toBe(expected);
	});

	test('a package that changes to another licence is looked at again', () => {
		expect(licenceOf({ name: 'axe-core', license: 'GPL-3.0-only' })).toBeNull();
		expect(licenceOf({ name: 'someone-else', license: 'MPL-2.0' })).toBeNull();
	});
});
