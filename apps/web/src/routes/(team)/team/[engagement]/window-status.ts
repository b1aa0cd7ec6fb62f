import { text, type Key } from '#lib/i18n/text.ts';

const keys: Record<string, Key<'staff'>> = {
	draft: 'window.status.draft',
	open: 'window.status.open',
	closed: 'window.status.closed',
	opened: 'window.status.opened',
};

/** The state of a window in words. */
export function statusOf(status: string): string {
	const key = keys[status];
	return key ? text('staff', 'en')(key) : status;
}
