import { text, type Key } from '#lib/i18n/text.ts';

const NAMES: Readonly<Record<string, Key<'transcript'>>> = {
	name: 'kind.name',
	phone: 'kind.phone',
	email: 'kind.email',
	id: 'kind.id',
	address: 'kind.address',
	zip: 'kind.zip',
	room: 'kind.room',
	handle: 'kind.handle',
	birth_date: 'kind.birthDate',
};

/** What was hidden, in a word. */
export function kindName(kind: string): string {
	const name = NAMES[kind];
	return name ? text('transcript', 'en')(name) : kind;
}
