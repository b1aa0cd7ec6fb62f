import { listDutyCandidates } from '@throughline/db/queries/dialog-duty';
import { listGuideVersions } from '@throughline/db/queries/dialog-guide';
import {
	countDialogs,
	listOverdueDialogs,
	listPlannedDialogs,
} from '@throughline/db/queries/dialog-plan';
import { listConsentEntries, listSeats } from '@throughline/db/queries/dialog-slip';
import { listDirectives, listGroupChoices } from '@throughline/db/queries/engagement';
import { listSites } from '@throughline/db/queries/site';
import { Hono } from 'hono';
import { drawSlips } from '../../actions/draw-slips.ts';
import {
	bringBackDialog,
	cancelDialog,
	editDialog,
	planDialog,
} from '../../actions/plan-dialog.ts';
import { setGate } from '../../actions/tick-gate.ts';
import type { Deps } from '../../deps.ts';
import { dialogReader } from '../../dialogs/dialog-reader.ts';
import { prepareDialogs } from '../../dialogs/read-dialogs.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { localDate } from '../../presenters/local-time.ts';
import { presentDialogOptions } from '../../presenters/present-dialog-options.ts';
import {
	presentDialogChecklist,
	presentDialogLetter,
} from '../../presenters/present-dialog-paper.ts';
import { presentDialogProgress } from '../../presenters/present-dialog-progress.ts';
import { presentDialog, presentDialogDetail } from '../../presenters/present-dialog.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import {
	dialogBody,
	dialogEdit,
	type DialogList,
	dialogMove,
	dialogParam,
	gateParam,
	slipsBody,
} from './schema.ts';

const PAGE_SIZE = 20;
const MOST_CHOICES = 400;
const MOST_OVERDUE = 50;

/** Sessions with student groups: what is planned, what is prepared, what came of the mandate. */
export function dialogRoutes(deps: Deps) {
	const { db, clock } = deps;
	const { engagementOf, dialogOf } = dialogReader(deps);
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('dialog:read'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { timezone, id } = await engagementOf(c.req.valid('param').engagementId);
				const { page } = c.req.valid('query');
				const offset = (page - 1) * PAGE_SIZE;
				const found = await listPlannedDialogs(db, id, { limit: PAGE_SIZE + 1, offset });
				const prepared = await prepareDialogs(deps, id, found.slice(0, PAGE_SIZE));
				const now = clock();
				const list: DialogList = {
					dialogs: prepared.map((dialog) => presentDialog(dialog, { timezone, now })),
					timezone,
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.get('/progress', authorise('dialog:read'), valid('param', engagementParam), async (c) => {
			const { timezone, id } = await engagementOf(c.req.valid('param').engagementId);
			const now = clock();
			const progress = presentDialogProgress({
				counts: await countDialogs(db, id, { now }),
				directives: await listDirectives(db, id, { limit: MOST_CHOICES }),
				groups: await listGroupChoices(db, id, { limit: MOST_CHOICES }),
				overdue: await listOverdueDialogs(db, id, { now, limit: MOST_OVERDUE }),
				timezone,
			});
			return c.json(progress, 200);
		})
		.get('/options', authorise('dialog:plan'), valid('param', engagementParam), async (c) => {
			const engagement = await engagementOf(c.req.valid('param').engagementId);
			const { id, timezone, languages } = engagement;
			const options = presentDialogOptions({
				groups: await listGroupChoices(db, id, { limit: MOST_CHOICES }),
				sites: await listSites(db, engagement),
				directives: await listDirectives(db, id, { limit: MOST_CHOICES }),
				guides: await listGuideVersions(db, id, { limit: MOST_CHOICES }),
				people: await listDutyCandidates(db, id, {
					roles: ['facilitator', 'safety_responder', 'administrator', 'police_partner'],
					today: localDate(clock(), timezone),
					limit: MOST_CHOICES,
				}),
				languages,
				timezone,
			});
			return c.json(options, 200);
		})
		.post(
			'/',
			authorise('dialog:plan'),
			valid('param', engagementParam),
			valid('json', dialogBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const body = c.req.valid('json');
				const { personId } = staffOf(c);
				return c.json(await planDialog(deps, engagementId, { body, personId }), 201);
			},
		)
		.get('/:sessionId', authorise('dialog:read'), valid('param', dialogParam), async (c) => {
			const key = c.req.valid('param');
			const { engagement, prepared } = await dialogOf(key);
			const detail = presentDialogDetail(prepared, {
				timezone: engagement.timezone,
				minN: engagement.minN,
				now: clock(),
				personId: staffOf(c).personId,
				entries: await listConsentEntries(db, key),
				seatIds: (await listSeats(db, key)).map(({ id }) => id),
			});
			return c.json(detail, 200);
		})
		.put(
			'/:sessionId',
			authorise('dialog:plan'),
			valid('param', dialogParam),
			valid('json', dialogEdit),
			async (c) => {
				const { version, ...body } = c.req.valid('json');
				const { personId } = staffOf(c);
				await editDialog(deps, c.req.valid('param'), { body, version, personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.post(
			'/:sessionId/cancel',
			authorise('dialog:plan'),
			valid('param', dialogParam),
			valid('json', dialogMove),
			async (c) => {
				const { personId } = staffOf(c);
				await cancelDialog(deps, c.req.valid('param'), { ...c.req.valid('json'), personId });
				return c.json({ status: 'cancelled' as const }, 200);
			},
		)
		.post(
			'/:sessionId/bring-back',
			authorise('dialog:plan'),
			valid('param', dialogParam),
			valid('json', dialogMove),
			async (c) => {
				const { personId } = staffOf(c);
				await bringBackDialog(deps, c.req.valid('param'), { ...c.req.valid('json'), personId });
				return c.json({ status: 'planned' as const }, 200);
			},
		)
		.put(
			'/:sessionId/gates/:step',
			authorise('dialog:plan'),
			valid('param', gateParam),
			async (c) => {
				const { personId } = staffOf(c);
				await setGate(deps, c.req.valid('param'), { isDone: true, personId });
				return c.json({ status: 'done' as const }, 200);
			},
		)
		.delete(
			'/:sessionId/gates/:step',
			authorise('dialog:plan'),
			valid('param', gateParam),
			async (c) => {
				const { personId } = staffOf(c);
				await setGate(deps, c.req.valid('param'), { isDone: false, personId });
				return c.json({ status: 'open' as const }, 200);
			},
		)
		.post(
			'/:sessionId/slips',
			authorise('dialog:plan'),
			valid('param', dialogParam),
			valid('json', slipsBody),
			async (c) => {
				const { isReplacement } = c.req.valid('json');
				const order = {
					isReplacement,
					personId: staffOf(c).personId,
					origin: originOf(c, deps.config),
				};
				return c.json(await drawSlips(deps, c.req.valid('param'), order), 201);
			},
		)
		.get('/:sessionId/letter', authorise('dialog:read'), valid('param', dialogParam), async (c) => {
			const { engagement, prepared } = await dialogOf(c.req.valid('param'));
			const origin = originOf(c, deps.config);
			return c.json(presentDialogLetter(prepared, { engagement, origin }), 200);
		})
		.get(
			'/:sessionId/checklist',
			authorise('dialog:read'),
			valid('param', dialogParam),
			async (c) => {
				const { engagement, prepared } = await dialogOf(c.req.valid('param'));
				const { timezone } = engagement;
				return c.json(presentDialogChecklist(prepared, { timezone, now: clock() }), 200);
			},
		);
}
