import { licenceOf } from './licences.ts';
import type { Locked } from './lockfile.ts';

/**
 * The bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), made of the
 * lockfile alone: no time and no random serial number, so that the same packages give the same file.
 */
export function billOfMaterials(packages: readonly Locked[], version: string): string {
	const unique = new Map(packages.map((locked) => [purlOf(locked), locked]));
	const components = [...unique]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([purl, locked]) => ({
			type: 'library',
			'bom-ref': purl,
			name: locked.name,
			version: locked.version,
			purl,
			scope: scopeOf(locked),
			licenses: [{ license: { id: licenceOf(locked) ?? 'NOASSERTION' } }],
			hashes: [{ alg: 'SHA-512', content: hexOf(locked.integrity) }],
		}));
	const bill = {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: { component: { type: 'application', name: 'throughline', version } },
		components,
	};
	return `${JSON.stringify(bill, null, '\t')}\n`;
}

function purlOf({ name, version }: Locked): string {
	return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function scopeOf({ isDev, isOptional }: Locked): 'required' | 'optional' | 'excluded' {
	if (isDev) {
		return 'excluded';
	}
	return isOptional ? 'optional' : 'required';
}

function hexOf(integrity: string | null): string {
	return Buffer.from(integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex');
}
