import {
	protectRelease,
	type ReleaseAuditOptions,
	type ReleaseInput,
} from '@throughline/analysis/disclosure';

// Sent by protect-together.ts, which starts this file: exactly one message with exactly these two.
process.once('message', (message) => {
	const { input, options } = message as { input: ReleaseInput; options: ReleaseAuditOptions };
	process.send?.(protectRelease(input, options), () => process.disconnect());
});
