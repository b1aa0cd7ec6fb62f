import { deleteUnusedCodes, insertAccessCodes } from '@throughline/db/queries/access-code';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { addCodesMade, lockCohort } from '@throughline/db/queries/cohort';
import { lockWindow } from '@throughline/db/queries/survey-window';
import { hashCode, makeCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';

const MAX_CODES = 20_000;

interface Order {
	engagementId: string;
	windowId: string;
	cohortId: string;
	sparePercent: number;
	isReplacement: boolean;
	personId: string;
}

/**
 * Makes the codes of one cohort in one transaction: one per enrolled student and the spare ones.
 * They are given back once, in the random order they were made in; only their hashes are stored.
 * As a replacement, the unused codes made before are void first.
 *
 * @throws AppError 409 `window_closed`; `codes_already_made` when it is no replacement;
 * `nobody_eligible`; 422 `too_many_codes`.
 */
export async function makeCodes(
	deps: Pick<Deps, 'db' | 'random' | 'keys'>,
	order: Order,
): Promise<string[]> {
	const { engagementId, windowId, cohortId } = order;
	const key = { engagementId, windowId, cohortId };
	return await deps.db.transaction().execute(async (trx) => {
		const window = await lockWindow(trx, { engagementId, id: windowId }, 'share');
		const cohort = window && (await lockCohort(trx, key));
		if (!cohort || window.source !== 'codes') {
			throw notFound();
		}
		checkWindow(window.status);
		if (cohort.codesMade > 0 && !order.isReplacement) {
			throw new AppError(
				'codes_already_made',
				409,
				'Codes were made for this grade already. If their print was lost, replace them.',
			);
		}
		const codes = drawCodes(deps.random, howMany(cohort.eligible, order.sparePercent));
		await deleteUnusedCodes(trx, key);
		const hashes = codes.map((code) => hashCode(deps.keys.pepper, windowId, code));
		await insertAccessCodes(trx, key, hashes);
		await addCodesMade(trx, { engagementId, cohortId, count: codes.length });
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: order.personId,
			action: cohort.codesMade > 0 ? 'codes.replaced' : 'codes.made',
			target: cohortId,
			detail: { made: codes.length, slipsVoided: cohort.codesMade },
		});
		return codes;
	});
}

function checkWindow(status: string): void {
	if (status !== 'draft' && status !== 'open') {
		throw new AppError(
			'window_closed',
			409,
			'This window has closed: no code would work any more.',
		);
	}
}

function howMany(eligible: number, sparePercent: number): number {
	if (eligible === 0) {
		throw new AppError(
			'nobody_eligible',
			409,
			'The enrolment count of this grade is 0, so there is nobody to make codes for.',
		);
	}
	const count = eligible + Math.ceil((eligible * sparePercent) / 100);
	if (count > MAX_CODES) {
		throw new AppError(
			'too_many_codes',
			422,
			`That would be ${count} codes for one grade; ${MAX_CODES} is the limit of one print.`,
		);
	}
	return count;
}

/** Different codes in the random order they were drawn in, which no row of the database shows. */
function drawCodes(random: Deps['random'], count: number): string[] {
	const codes = new Set<string>();
	while (codes.size < count) {
		codes.add(makeCode((length) => random.bytes(length)));
	}
	return [...codes];
}
