import type { Inspector } from '@throughline/db/testing/inspector';
import { openEnvelope } from '../ballot/envelope.ts';
import {
	answersByChunk,
	answersInOrder,
	joinByDeadRows,
	joinByTransaction,
	markerIn,
} from './attacks.ts';
import { answersByLog, joinByLog, readLog, transactionsWithBoth } from './log-attacks.ts';
import { lengths } from './lengths.ts';
import { filesBelow, markersIn, nearestCodes, withoutPageHeaders } from './scan-bytes.ts';
import type { Trial } from './trial.ts';
import { alignWithinPiles, chanceBound, countRight, type Pair, type World } from './world.ts';

/** What one attack found, and what the same attack finds where it must. */
export interface Measure {
	/** As in research: U1 to U9. */
	id: string;
	attack: string;
	matched: number;
	of: number;
	/** Chance and three standard deviations; nothing at all where chance finds nothing. */
	bound: number;
	control: { what: string; matched: number; of: number; atLeast: number };
}

export interface NotRun {
	id: string;
	attack: string;
	notRun: string;
}

/** Every attack on one opened window, each with its control. */
export async function measureAll(
	inspector: Inspector,
	trial: Trial,
): Promise<(Measure | NotRun)[]> {
	const before = [await deadRows(inspector, trial), ...(await inTheLog(inspector, trial))];
	// What is said to help, and does not: row numbers and chunk numbers stay as they are.
	for (const table of ['naive_code', 'naive_response', 'naive_even']) {
		await inspector.query(`vacuum full ${table}`);
		await inspector.query(`vacuum freeze ${table}`);
	}
	return [
		...(await inTheTables(inspector, trial)),
		...before,
		...(await inTheFiles(inspector, trial)),
		lengths(trial),
		decrypting(trial),
		...(await simulatedDistrict(inspector, trial)),
	];
}

const NAIVE = 'two tables, one transaction';

function measure(
	[id, attack]: [string, string],
	trial: Trial,
	found: { guesses: Pair[]; controls: Pair[]; people?: World['students'] },
): Measure {
	const { ours, naive } = trial;
	const { people = ours.students } = found;
	return {
		id,
		attack,
		matched: countRight(found.guesses, ours),
		of: people.length,
		bound: chanceBound(ours, people, people),
		control: {
			what: NAIVE,
			matched: countRight(found.controls, naive),
			of: people.length,
			atLeast: people.length,
		},
	};
}

async function inTheTables(inspector: Inspector, trial: Trial): Promise<Measure[]> {
	const { ours, naive, naiveDeleting, naiveEven } = trial;
	const ordered = async (
		attack: string,
		order: Parameters<typeof answersInOrder>[2],
		control: World,
	) =>
		measure(['U2', attack], trial, {
			guesses: alignWithinPiles(ours.students, await answersInOrder(inspector, ours, order), ours),
			controls: alignWithinPiles(
				control.students,
				await answersInOrder(inspector, control, order),
				control,
			),
		});
	const rows = await ordered('order of rows (ctid)', 'ctid', naiveEven);
	const ids = await ordered('order of ids', 'id', naiveDeleting);
	const long = async (world: World) => {
		const stored = await answersByChunk(inspector, world);
		const isLong = new Set(stored);
		const people = world.students.filter(({ marker }) => isLong.has(marker));
		return { people, guesses: alignWithinPiles(people, stored, world) };
	};
	const [chunks, naiveChunks] = [await long(ours), await long(naive)];
	return [
		measure(['U1', 'join codes and answers by transaction (xmin)'], trial, {
			guesses: await joinByTransaction(inspector, ours),
			controls: await joinByTransaction(inspector, naive),
		}),
		await ordered('order of transactions (xmin, ctid)', 'xmin::text::bigint, ctid', naive),
		{ ...rows, control: { ...rows.control, what: 'rows that all take as much room' } },
		{ ...ids, control: { ...ids.control, what: 'ids that begin with the time (UUID v7)' } },
		measure(['U3', 'order of TOAST chunks'], trial, {
			guesses: chunks.guesses,
			controls: naiveChunks.guesses,
			people: chunks.people,
		}),
	];
}

async function deadRows(inspector: Inspector, trial: Trial): Promise<Measure> {
	const { ours, naiveDeleting } = trial;
	const of = ours.students.length;
	return {
		id: 'U4',
		attack: 'rows on the pages, dead ones too (pageinspect)',
		matched: countRight(await joinByDeadRows(inspector, ours), ours),
		of,
		bound: chanceBound(ours),
		control: {
			what: 'the code deleted in the transaction that stores the answer',
			matched: countRight(await joinByDeadRows(inspector, naiveDeleting), naiveDeleting),
			of,
			atLeast: of,
		},
	};
}

async function inTheLog(inspector: Inspector, trial: Trial): Promise<Measure[]> {
	const { ours, naive } = trial;
	const log = await readLog(inspector, trial.log);
	const both = transactionsWithBoth(log, ours).length;
	return [
		{
			...measure(['U5', 'transactions of the log that touch codes and answers'], trial, {
				guesses: joinByLog(log, ours),
				controls: joinByLog(log, naive),
			}),
			matched: both,
			bound: 0,
		},
		measure(['U5', 'order of the log (walinspect)'], trial, {
			guesses: alignWithinPiles(ours.students, answersByLog(log, ours), ours),
			controls: alignWithinPiles(naive.students, answersByLog(log, naive), naive),
		}),
	];
}

async function inTheFiles(inspector: Inspector, trial: Trial): Promise<(Measure | NotRun)[]> {
	const { ours, naive } = trial;
	if (inspector.folder === null || trial.foundBefore === null) {
		const notRun = 'The files of the server cannot be read from here.';
		return [
			{ id: 'U6', attack: 'answers in files and dump before the opening', notRun },
			{ id: 'U6', attack: 'the code nearest to each answer in the bytes of the log', notRun },
		];
	}
	const found = new Set<string>();
	const logs: Buffer[] = [];
	for await (const { name, bytes } of filesBelow(inspector.folder)) {
		markersIn(bytes, ours).forEach(({ marker }) => found.add(marker));
		if (name.startsWith('pg_wal/')) {
			logs.push(bytes);
		}
	}
	const log = Buffer.concat(logs.map(withoutPageHeaders));
	const inLog = [...new Set(markersIn(log, ours).map(({ marker }) => marker))];
	return [
		{
			id: 'U6',
			attack: 'answers in files and dump before the opening',
			matched: trial.foundBefore.size,
			of: ours.students.length,
			bound: 0,
			control: {
				what: 'the same search after the opening',
				matched: found.size,
				of: ours.students.length,
				atLeast: ours.students.length,
			},
		},
		measure(['U6', 'the code nearest to each answer in the bytes of the log'], trial, {
			guesses: nearestCodes(log, ours),
			controls: nearestCodes(log, naive),
		}),
		measure(['U6', 'order of answers in the bytes of the log'], trial, {
			guesses: alignWithinPiles(ours.students, inLog, ours),
			controls: alignWithinPiles(
				naive.students,
				[...new Set(markersIn(log, naive).map(({ marker }) => marker))],
				naive,
			),
		}),
	];
}

function decrypting({ ours, oldBackup, savedKey, keysOnDisk }: Trial): Measure {
	const opened = (keys: readonly Buffer[]) =>
		oldBackup.flatMap(({ hash, cohortId, body }) =>
			keys.flatMap((key) => {
				try {
					const text = JSON.stringify(openEnvelope(body, { key, cohortId }));
					return [{ hash, marker: markerIn(text, ours) ?? '' }];
				} catch {
					return [];
				}
			}),
		);
	const of = ours.students.length;
	return {
		id: 'U8',
		attack: `envelopes of an old backup, opened with ${keysOnDisk.length} keys on disk`,
		matched: countRight(opened(keysOnDisk), ours),
		of,
		bound: 0,
		control: {
			what: 'with the key of the window, kept',
			matched: countRight(opened([savedKey]), ours),
			of,
			atLeast: of,
		},
	};
}

/** Whoever saw the students come and go, against every order that was stored. */
async function simulatedDistrict(inspector: Inspector, trial: Trial): Promise<Measure[]> {
	const { ours, naive, naiveBegun } = trial;
	const order = 'xmin::text::bigint, ctid';
	const stored = await answersInOrder(inspector, ours, order);
	const naiveStored = await answersInOrder(inspector, naive, order);
	const byFinish = (world: World, answers: readonly string[]) =>
		alignWithinPiles(world.students, answers, world);
	const byStart = (world: World, answers: readonly string[]) =>
		alignWithinPiles(
			world.students.toSorted((one, other) => one.start - other.start),
			answers,
			world,
		);
	const late = ours.students.filter(({ isStraggler }) => isStraggler);
	const only = (guesses: Pair[], world: World) => {
		const isLate = new Map(world.students.map(({ hash, isStraggler }) => [hash, isStraggler]));
		return guesses.filter(({ hash }) => isLate.get(hash));
	};
	const onMakeUpDays = measure(['U9', 'who was seen to finish when, on make-up days'], trial, {
		guesses: only(byFinish(ours, stored), ours),
		controls: only(byFinish(naive, naiveStored), naive),
		people: late,
	});
	const begun = measure(['U9', 'who was seen to begin when'], trial, {
		guesses: byStart(ours, stored),
		controls: byStart(naiveBegun, await answersInOrder(inspector, naiveBegun, 'id')),
	});
	return [
		measure(['U9', 'who was seen to finish when'], trial, {
			guesses: byFinish(ours, stored),
			controls: byFinish(naive, naiveStored),
		}),
		{ ...begun, control: { ...begun.control, what: 'a numbered row made at the beginning' } },
		{ ...onMakeUpDays, bound: chanceBound(ours, late) },
	];
}
