/** A decision on its way to the server: ids alone. */
export interface UnsavedDecision {
	excerptId: string;
	themeIds: string[];
}

export function isUnsavedDecision(value: unknown): value is UnsavedDecision {
	return (
		typeof value === 'object' &&
		value !== null &&
		'excerptId' in value &&
		typeof value.excerptId === 'string' &&
		'themeIds' in value &&
		Array.isArray(value.themeIds)
	);
}
