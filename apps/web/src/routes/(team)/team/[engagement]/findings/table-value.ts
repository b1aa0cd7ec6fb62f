import type { FindingBody } from '@throughline/api/client';

type Table = FindingBody['tables'][number];

/** A table's address as the value of a form's control, without its breakdown. */
export function writeTable({ windowId, kind, ref }: Omit<Table, 'breakdown'>): string {
	return [windowId, kind, ref].join('|');
}

/** The table a form named; null when it named none. The API judges whether it is there. */
export function readTable(form: FormData): Table | null {
	const [windowId = '', kind = '', ref = ''] = String(form.get('table') ?? '').split('|');
	const breakdown = String(form.get('breakdown') ?? '');
	if (windowId === '') {
		return null;
	}
	// What is neither is refused by the API, in words.
	return {
		windowId,
		kind: kind === 'themes' ? 'themes' : 'question',
		ref,
		breakdown: breakdown === '' ? null : breakdown,
	} as Table;
}
