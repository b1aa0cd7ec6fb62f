import type { FindingBody } from '@throughline/api/client';

type Table = FindingBody['tables'][number];

/** What the controls of a table hold. */
export interface TableValues {
	table: string;
	breakdown: string;
}

/** What a form holds in the controls of a table. */
export function readTableValues(form: FormData): TableValues {
	return {
		table: String(form.get('table') ?? ''),
		breakdown: String(form.get('breakdown') ?? ''),
	};
}

/** A table's address as the value of a form's control, without its breakdown. */
export function writeTable({ windowId, kind, ref }: Omit<Table, 'breakdown'>): string {
	return [windowId, kind, ref].join('|');
}

/** The table a form named; null when it named none. The API judges whether it is there. */
export function readTable(form: FormData): Table | null {
	const { table, breakdown } = readTableValues(form);
	const [windowId = '', kind = '', ref = ''] = table.split('|');
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
