/** What a person typed about a recommendation, as it is sent. */
export interface RecommendationValues {
	category: string;
	text: string;
	owner: string;
	measure: string;
	target: string;
	clauseHint: string;
	dissent: string;
}

export function readRecommendationForm(form: FormData): RecommendationValues {
	const read = (name: keyof RecommendationValues) => String(form.get(name) ?? '');
	return {
		category: read('category'),
		text: read('text'),
		owner: read('owner'),
		measure: read('measure'),
		target: read('target'),
		clauseHint: read('clauseHint'),
		dissent: read('dissent'),
	};
}
