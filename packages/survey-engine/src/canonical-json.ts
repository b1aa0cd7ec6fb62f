import type { SurveyDefinition } from './definition.ts';

/**
 * A JSON text that depends only on the value, not on the order of keys or on layout (RFC 8785):
 * keys sorted by UTF-16 units, no space, keys with an undefined value left out.
 *
 * @throws TypeError for what JSON cannot hold: functions, NaN, infinities
 * @example canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') {
		return JSON.stringify(value);
	}
	if (typeof value === 'number' && Number.isFinite(value)) {
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) {
		return `[${value.map(canonicalJson).join(',')}]`;
	}
	if (typeof value === 'object') {
		const entries = Object.entries(value)
			.filter(([, item]) => item !== undefined)
			.sort(([left], [right]) => (left < right ? -1 : 1));
		const members = entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
		return `{${members.join(',')}}`;
	}
	throw new TypeError(`A ${typeof value} (${String(value)}) has no JSON form.`);
}

/** The identity of a definition: a response stores it, so that its questions stay known. */
export function definitionHash(definition: SurveyDefinition): Promise<string> {
	return contentHash(definition);
}

/** The SHA-256 of the canonical JSON of a value, in lower-case hexadecimal. */
export async function contentHash(value: unknown): Promise<string> {
	const bytes = new TextEncoder().encode(canonicalJson(value));
	const digest = await globalThis.crypto.subtle.digest('SHA-256', bytes);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
