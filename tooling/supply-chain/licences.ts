import type { Locked } from './lockfile.ts';

/** Licences that ask for no more than to be named. */
const FREE = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'MIT',
	'MIT-0',
]);

/** Packages under another licence, or that do not say theirs, and why they are taken. */
const LOOKED_AT: readonly { name: RegExp; license: string; why: string }[] = [
	{
		name: /^(lightningcss(-.+)?|axe-core|@axe-core\/playwright)$/,
		license: 'MPL-2.0',
		why: 'Used as it is to build and to test; its own files stay under that licence.',
	},
	{
		name: /^@fontsource-variable\/atkinson-hyperlegible-next$/,
		license: 'OFL-1.1',
		why: 'The typeface, served unchanged.',
	},
	{ name: /^sylvester$/, license: 'MIT', why: 'Says so in LICENSE.txt, not in package.json.' },
	{ name: /^combine-errors$/, license: 'MIT', why: 'Says so in Readme.md, not in package.json.' },
];

/** The licence a package is taken under; null when nobody has looked at it. */
export function licenceOf({ name, license }: Pick<Locked, 'name' | 'license'>): string | null {
	if (license !== null && FREE.has(license)) {
		return license;
	}
	const found = LOOKED_AT.find((one) => one.name.test(name));
	return found && (license === null || license === found.license) ? found.license : null;
}

/** Packages whose licence nobody has looked at, in words. */
export function unlicensed(packages: readonly Locked[]): string[] {
	return packages
		.filter((locked) => licenceOf(locked) === null)
		.map(({ path, license }) => `${path} is under ${license ?? 'no licence it names'}.`);
}

/** The list for docs/licences.md: what runs, by name; what builds and tests, by licence. */
export function licenceList(packages: readonly Locked[]): string {
	const unique = new Map(packages.map((locked) => [`${locked.name}@${locked.version}`, locked]));
	const all = [...unique.values()];
	const running = all.filter(({ isDev }) => !isDev);
	const rows = running.map(
		(locked) => `| ${locked.name} | ${locked.version} | ${licenceOf(locked) ?? 'not looked at'} |`,
	);
	const counts = Map.groupBy(
		all.filter(({ isDev }) => isDev),
		(locked) => licenceOf(locked) ?? 'not looked at',
	);
	const tools = [...counts]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([licence, { length }]) => `${licence}: ${length}`);
	return [
		'| package | version | licence |',
		'| --- | --- | --- |',
		...rows,
		'',
		`Only for building and testing: ${tools.join(', ')}.`,
		'',
		...LOOKED_AT.map(({ name, license, why }) => `- \`${name.source}\`, ${license}. ${why}`),
	].join('\n');
}
