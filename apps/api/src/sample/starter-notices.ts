import { readFileSync } from 'node:fs';
import { z } from 'zod';

const noticesFile = z.looseObject({
	notices: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
});

/** The notices that come with the product: starting points a district's counsel has to approve. */
export function starterNotices(): z.output<typeof noticesFile>['notices'] {
	const file = new URL('../../sample/notices.json', import.meta.url);
	return noticesFile.parse(JSON.parse(readFileSync(file, 'utf8'))).notices;
}
