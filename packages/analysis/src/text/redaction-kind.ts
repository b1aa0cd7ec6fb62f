/** What a redacted span was. */
export const REDACTION_KINDS = [
	'name',
	'phone',
	'email',
	'id',
	'address',
	'zip',
	'room',
	'handle',
	'birth_date',
] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];

/** Where in a text something to hide was found, in UTF-16 units. */
export type Found = { start: number; end: number; kind: RedactionKind };
