/** Asked beside every value: who would rather not say is counted too. */
const NOT_SAID = 'not_said';

/** What is counted in the room, each by itself and never crossed. Words stand on the page. */
export function countedAttributes(languages: readonly string[]) {
	return [
		{ attribute: 'grade_band', values: ['6-8', '9-10', '11-12', NOT_SAID] },
		{ attribute: 'language', values: [...new Set(['en', ...languages]), 'other', NOT_SAID] },
		{
			attribute: 'program',
			values: ['multilingual', 'special_education', 'career', 'none', NOT_SAID],
		},
	];
}
