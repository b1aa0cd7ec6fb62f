import type { ProtectedRows, RowsInput } from '@throughline/analysis/disclosure';
import { inOwnProcess } from '../results/in-own-process.ts';

/** Protects rows: a hundred thousand of them take seconds. */
export function protectApart(input: RowsInput): Promise<ProtectedRows> {
	return inOwnProcess(new URL('./protect-rows-process.ts', import.meta.url), { input });
}
