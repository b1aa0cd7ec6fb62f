import { AppError } from '../errors.ts';

/** What a window that has begun says to someone who wants to change it. */
export function windowFrozen(): AppError {
	return new AppError(
		'window_not_draft',
		409,
		'This window has begun, so it cannot be changed any more: students have read it as it is.',
	);
}
