/** What the form of a window holds, as text. */
export interface WindowValues {
	label: string;
	surveyVersionId: string;
	noticeVersionId: string;
	siteIds: string[];
	opensAt: string;
	closesAt: string;
}

export function readWindowForm(form: FormData): WindowValues {
	const read = (name: string) => String(form.get(name) ?? '');
	return {
		label: read('label'),
		surveyVersionId: read('surveyVersionId'),
		noticeVersionId: read('noticeVersionId'),
		siteIds: form.getAll('siteIds').map(String),
		// Browsers may send seconds; the API takes minutes.
		opensAt: read('opensAt').slice(0, 16),
		closesAt: read('closesAt').slice(0, 16),
	};
}
