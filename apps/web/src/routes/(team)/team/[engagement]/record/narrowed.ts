/** What the record of changes can be narrowed by, as its address and the API name it. */
const NAMES = ['action', 'person', 'from', 'to'] as const;

/** What of it an address asks for; what was left empty asks for nothing. */
export function narrowedBy(
	query: URLSearchParams,
): Partial<Record<(typeof NAMES)[number], string>> {
	return Object.fromEntries(
		NAMES.flatMap((name) => {
			const value = query.get(name)?.trim();
			return value ? [[name, value]] : [];
		}),
	);
}
