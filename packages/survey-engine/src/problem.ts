/** Something wrong in a definition, said so that its author can mend it. */
export interface Problem {
	/** Where, as a path into the JSON: `questions[4].relevance`. */
	readonly path: string;
	/** An error stops publication; a warning does not. */
	readonly severity: 'error' | 'warning';
	/** Stable name of the kind of problem. */
	readonly code: string;
	readonly message: string;
	/** What to do about it. */
	readonly fix: string;
}

/** Writes a path into JSON. @example jsonPath(['questions', 4, 'id']) // 'questions[4].id' */
export function jsonPath(keys: readonly PropertyKey[]): string {
	return keys
		.map((key, index) => {
			if (typeof key === 'number') {
				return `[${key}]`;
			}
			return index === 0 ? String(key) : `.${String(key)}`;
		})
		.join('');
}
