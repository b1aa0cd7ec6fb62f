import { listAuditHeads } from '@throughline/db/queries/audit-chain';
import { appendDigests, digestWords, type KeptDigest, readDigests } from '../audit/digest-file.ts';
import type { Deps } from '../deps.ts';

/**
 * Once a day, the newest hash of every record of what staff did is written to a file outside the
 * database, and sent to AUDIT_DIGEST_TO: whoever holds it can tell whether entries up to it were
 * changed or cut off since. A record without new entries is left out.
 */
export function digestAudit(deps: Pick<Deps, 'db' | 'clock' | 'config' | 'mailer'>) {
	let lastDay = '';
	return async (): Promise<void> => {
		const at = deps.clock().toISOString();
		const today = at.slice(0, 10);
		if (today === lastDay) {
			return;
		}
		const kept = new Map(
			(await readDigests(deps.config.DATA_DIR)).map((digest) => [digest.engagement, digest]),
		);
		const heads = (await listAuditHeads(deps.db)).filter(({ slug, position }) => {
			const before = kept.get(slug);
			return position > 0 && before?.position !== position && before?.at.slice(0, 10) !== today;
		});
		const taken = heads.map(({ slug, position, hash }) => ({
			at,
			engagement: slug,
			position,
			hash,
		}));
		if (taken.length > 0) {
			await appendDigests(deps.config.DATA_DIR, taken);
		}
		lastDay = today;
		const real = taken.filter((_, index) => heads[index]?.isSynthetic === false);
		await mail(deps, real);
	};
}

async function mail(
	{ config, mailer }: Pick<Deps, 'config' | 'mailer'>,
	digests: KeptDigest[],
): Promise<void> {
	const to = config.AUDIT_DIGEST_TO;
	if (to === undefined || !mailer.isConfigured || digests.length === 0) {
		return;
	}
	await mailer.send({
		to,
		subject: 'What the records of Throughline hold today',
		text: [
			'Keep this message. Each line below is an engagement, and the newest entry of the record of',
			'what staff did there, with its hash. As long as you have it, nobody can change or remove an',
			'entry up to it unnoticed: the check is throughline audit verify --digest DIGEST.',
			'',
			...digests.map((digest) => `${digest.engagement}  ${digestWords(digest)}`),
		].join('\n'),
	});
}
