/** Labels that name nobody: 'Speaker 2', 'Voice A', 'Facilitator'. */
const ROLE =
	/^(?:(?:speaker|voice|student|participant|person|seat|guest|table|voz|hablante|estudiante|moderator|facilitator|host|interviewer|interpreter|unknown|inaudible|note[- ]?taker|facilitador|facilitadora|moderador|moderadora)(?![\p{L}])[\s#._-]*(?:\d{1,3}|\p{L})?|\p{L}|[sp]?\d{1,3})$/iu;

/** Of the labels of a file, those that are names of people. */
export function namesAmong(labels: readonly string[]): string[] {
	return labels
		.map((label) => label.replaceAll(/\(.*?\)|\[.*?\]/gu, ' ').trim())
		.filter((label) => label !== '' && !ROLE.test(label));
}
