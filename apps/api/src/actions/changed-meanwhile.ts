import { AppError } from '../errors.ts';

/**
 * Refuses a write that did not happen because someone else was faster: their words stand.
 * @throws AppError 409 `changed_meanwhile`.
 */
export function refuseStale(isWritten: boolean): void {
	if (!isWritten) {
		throw new AppError(
			'changed_meanwhile',
			409,
			'Someone else changed this while you were writing. Nothing of yours was stored yet: look at both and save again.',
		);
	}
}
