import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type DialogGuide, dialogGuideSchema } from '../dialogs/guide-schema.ts';

const noticesFile = z.looseObject({
	notices: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
});
const guideFile = z.looseObject({ dialogGuide: dialogGuideSchema });

/** The notices that come with the product: starting points a district's counsel has to approve. */
export function starterNotices(): z.output<typeof noticesFile>['notices'] {
	return noticesFile.parse(read('notices.json')).notices;
}

/** The guide for dialog sessions that comes with the product. */
export function starterGuide(): DialogGuide {
	return guideFile.parse(read('dialog-guide.json')).dialogGuide;
}

function read(name: string): unknown {
	return JSON.parse(readFileSync(new URL(`../../sample/${name}`, import.meta.url), 'utf8'));
}
