/** What the form of a release holds, as text. */
export interface ReleaseValues {
	windowId: string;
	title: string;
	slug: string;
	/** Charts to leave out, by id. */
	leftOut: string[];
	/** Why a group did not see what was made of its words first. */
	groupReason: string;
}

export function readReleaseForm(form: FormData): ReleaseValues {
	const read = (name: string) => String(form.get(name) ?? '').trim();
	return {
		windowId: read('windowId'),
		title: read('title'),
		slug: read('slug'),
		leftOut: form.getAll('leftOut').map(String),
		groupReason: read('groupReason'),
	};
}
