/** What a seat or a role is called where nobody is named. */
const ROLE =
	/^(?:the )?(?:voice|speaker|student|participant|facilitator|co-?facilitator|moderator|interviewer|interviewee|host|co-?host|teacher|parent|guest|seat|person|child|kid|adult|staff|officer|counselor|principal|coach|note-?taker|observer|researcher|unknown|everyone|all|several|group|class|room|board|member|narrator|man|woman|boy|girl|male|female|voz|estudiante|alumn[oa]|facilitadora?|moderadora?|maestr[oa]|persona|participante|q|a)(?:s|es)?\b(?![’'-])/iu;
const TITLE =
	/^(?:mr|mrs|ms|miss|mx|dr|prof|sr|sra|srta|señora?|coach|officer|deputy|principal|sgt)\.?\s+/iu;

/**
 * The labels that name a person, as names to hide in what is said: seats and roles ('Voice A',
 * 'Facilitator', 'SPEAKER_00') are no names, titles and remarks in brackets fall away, 'Last, First'
 * is turned round.
 *
 * @example peopleAmong(['Voice A', 'Brandt, Nadia (she/her)']) // ['Nadia Brandt']
 */
export function peopleAmong(speakers: readonly string[]): string[] {
	return [...new Set(speakers.flatMap(nameIn))];
}

function nameIn(label: string): string[] {
	const bare = label.replace(/\s*[([{].*$/su, '').replace(/^["“”@]+|["“”]+$/gu, '');
	const isRole = ROLE.test(bare.replace(/[_\d]+/g, ' '));
	if (isRole && !TITLE.test(bare)) {
		return [];
	}
	const [last = '', first] = bare.replace(TITLE, '').split(/,\s*/u);
	const name = (first === undefined ? last : `${first} ${last}`)
		.split(/\s+/u)
		.filter((part) => /\p{L}.*\p{L}/u.test(part) || /\p{Lo}/u.test(part))
		.join(' ');
	return name === '' || /[\d@_]/.test(name) ? [] : [name];
}
