/** What a stage found. A check without single tests counts as one. */
export interface Count {
	passed: number;
	failed: number;
	/** Not run, and why it was not is said in the output. */
	skipped: number;
	/** What a person needs to see of it; empty when all is well. */
	report: string;
}

export interface Stage {
	/** As in 'Checking the format'. */
	name: string;
	run(): Promise<Count>;
}

/**
 * Runs stages one after the other, each with a line and the seconds so far, all of them whatever
 * fails. The last line printed is `N passed, N failed`.
 * @returns the exit status: 0 when nothing failed.
 */
export async function runStages(stages: readonly Stage[]): Promise<0 | 1> {
	// The command that called this one counts from its own beginning: installing is part of the time.
	const beganAt = Number(process.env['THROUGHLINE_BEGAN_AT'] ?? Date.now());
	const total = { passed: 0, failed: 0, skipped: 0 };
	const broken: string[] = [];
	for (const stage of stages) {
		const seconds = ((Date.now() - beganAt) / 1000).toFixed(1);
		console.log(`${seconds.padStart(6)} s  ${stage.name} …`);
		const count = await stage.run().catch(asFailure);
		total.passed += count.passed;
		total.failed += count.failed;
		total.skipped += count.skipped;
		if (count.report !== '') {
			console.log(count.report);
		}
		if (count.failed > 0) {
			broken.push(`${stage.name}: ${count.failed} failed`);
		}
	}
	const seconds = ((Date.now() - beganAt) / 1000).toFixed(1);
	console.log(`${seconds.padStart(6)} s  done`);
	for (const line of broken) {
		console.log(line);
	}
	if (total.skipped > 0) {
		console.log(`${total.skipped} not run`);
	}
	console.log(`${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 ? 0 : 1;
}

function asFailure(error: unknown): Count {
	const report = error instanceof Error ? error.message : String(error);
	return { passed: 0, failed: 1, skipped: 0, report };
}
