/** What a release is: its tables, the rules that made them, and who answers for it. */
export interface ReleaseRecord {
	/** Version of the rules, such as 'domain-3.3/1'. */
	rules: string;
	params: unknown;
	/** Members of every pool, by table id. */
	pools: Readonly<Record<string, readonly string[]>>;
	/** Ids of the people who approved, two at least. */
	approvers: readonly string[];
	/** Everything the public reads, exactly as it reads it. */
	contents: unknown;
}

/** A release with the text its hash was made from. */
export interface SealedRelease {
	canonical: string;
	hash: string;
}

/**
 * Step 10: the canonical text of a release and its hash (`hash` gets the text and gives hexadecimal
 * digits; the caller brings sha256). Throws with fewer than two approvers.
 */
export function sealRelease(record: ReleaseRecord, hash: (text: string) => string): SealedRelease {
	if (new Set(record.approvers).size < 2) {
		throw new RangeError('A release needs two different approvers before it is frozen.');
	}
	const canonical = canonicalJson({ ...record, approvers: [...record.approvers].sort() });
	return { canonical, hash: hash(canonical) };
}

/**
 * JSON with sorted keys and no spaces: equal values give equal text (in the manner of RFC 8785).
 * Keys whose value is undefined are left out; what JSON cannot hold is refused.
 */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(canonicalJson).join(',')}]`;
	}
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value)
			.filter(([, part]) => part !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
		return `{${entries.join(',')}}`;
	}
	const isNumber = typeof value === 'number' && Number.isFinite(value);
	if (value === null || isNumber || typeof value === 'string' || typeof value === 'boolean') {
		return JSON.stringify(value);
	}
	throw new TypeError(`A release cannot hold ${String(value)}: only JSON values can be sealed.`);
}
