import { parentPort, workerData } from 'node:worker_threads';
import {
	protectRelease,
	type ReleaseAuditOptions,
	type ReleaseInput,
} from '@throughline/analysis/disclosure';

// Written by protect-together.ts, which starts this file with exactly these two.
const { input, options } = workerData as { input: ReleaseInput; options: ReleaseAuditOptions };

parentPort?.postMessage(protectRelease(input, options));
