import type {
	ProtectedRelease,
	ReleaseAuditOptions,
	ReleaseInput,
} from '@throughline/analysis/disclosure';
import { inOwnProcess } from './in-own-process.ts';

/** Protects tables that one reader may put side by side. */
export function protectTogether(
	input: ReleaseInput,
	options: ReleaseAuditOptions,
): Promise<ProtectedRelease> {
	return inOwnProcess(new URL('./protect-process.ts', import.meta.url), { input, options });
}
