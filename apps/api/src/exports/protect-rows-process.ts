import { protectRows, type RowsInput } from '@throughline/analysis/disclosure';

// Sent by protect-apart.ts, which starts this file: exactly one message with exactly this.
process.once('message', (message) => {
	const { input } = message as { input: RowsInput };
	process.send?.(protectRows(input), () => process.disconnect());
});
