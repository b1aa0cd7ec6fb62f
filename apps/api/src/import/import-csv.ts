import { listSites } from '@throughline/db/queries/site';
import { findPublishedSurvey } from '@throughline/db/queries/import';
import { listSurveyVersions } from '@throughline/db/queries/survey';
import { compileSurvey, surveyDefinitionSchema } from '@throughline/survey-engine';
import { importResponses } from '../actions/import-responses.ts';
import type { Deps } from '../deps.ts';
import { type Column, type ColumnMap, resolveColumns } from './column-map.ts';
import {
	type FileReport,
	readHeader,
	readResponses,
	rejectedFile,
	rejectedName,
} from './import-file.ts';
import type { ReadRow, RowContext } from './read-row.ts';
import { UnusableFile } from './unusable-file.ts';

export interface CsvOrder {
	path: string;
	engagement: { id: string; minN: number; districtId: string; schoolYear: string };
	surveyKey: string;
	map: ColumnMap;
	/** What to call the window. */
	label: string;
	opensAt: Date;
	closesAt: Date;
	/** Language of rows that name none; the survey's default when not given. */
	language?: string | undefined;
	/** Checks every row and stores nothing. */
	isDryRun: boolean;
}

export type ImportResult = FileReport & {
	isDryRun: boolean;
	/** The window made; null when nothing was stored. */
	windowId: string | null;
	/** Open answers that are to be coded now. */
	excerpts: number;
	ignoredColumns: string[];
	/** Where rejected rows were written, with the reasons; null when there is none. */
	rejectedFile: string | null;
};

/**
 * Imports a CSV file into an engagement as an opened window. Rows that cannot be stored are
 * written to a file beside it; nothing is lost.
 * @throws UnusableFile when nothing of the file can be used; AppError as importResponses.
 */
export async function importCsv(
	deps: Pick<Deps, 'db' | 'random'>,
	order: CsvOrder,
): Promise<ImportResult> {
	const { path, isDryRun } = order;
	const { survey, version } = await findSurvey(deps, order);
	const columns = await readColumns(order, survey);
	const sites = await listSites(deps.db, order.engagement);
	const context: RowContext = {
		survey,
		columns,
		language: order.language ?? survey.definition.defaultLanguage,
		sites: sites.map((site) => ({ ...site, grades: site.grades.map(({ grade }) => grade) })),
	};
	const rejected = rejectedFile(rejectedName(path), columns);
	const { rows, report } = readResponses(path, context, (cells, row) =>
		isDryRun ? Promise.resolve() : rejected.add(cells, row),
	);
	try {
		const { windowId, excerpts } = isDryRun
			? await readAll(rows)
			: await importResponses(deps, {
					...order,
					engagementId: order.engagement.id,
					minN: order.engagement.minN,
					survey: version,
					rows,
				});
		return {
			...report,
			isDryRun,
			windowId,
			excerpts,
			ignoredColumns: columns.flatMap(({ type, name }, place) =>
				type === 'ignored' ? [name || `number ${place + 1}, which has no name`] : [],
			),
			rejectedFile: !isDryRun && report.rejected > 0 ? rejectedName(path) : null,
		};
	} finally {
		await rejected.close();
	}
}

async function findSurvey({ db }: Pick<Deps, 'db'>, { engagement, surveyKey }: CsvOrder) {
	const found = await findPublishedSurvey(db, { engagementId: engagement.id, key: surveyKey });
	if (!found) {
		const versions = await listSurveyVersions(db, engagement.id);
		const known = [...new Set(versions.map(({ key }) => key))].join(', ') || 'none';
		throw new UnusableFile(
			`The engagement has no published survey '${surveyKey}' (known: ${known}).`,
		);
	}
	return {
		survey: compileSurvey(surveyDefinitionSchema.parse(found.definition)),
		version: { versionId: found.id, hash: found.hash },
	};
}

async function readColumns(
	{ path, map }: CsvOrder,
	survey: RowContext['survey'],
): Promise<Column[]> {
	const header = await readHeader(path);
	if (header === null) {
		throw new UnusableFile('The file is empty.');
	}
	const resolved = resolveColumns(header, map, survey);
	if ('problems' in resolved) {
		throw new UnusableFile(resolved.problems.join('\n'));
	}
	return resolved.columns;
}

async function readAll(rows: AsyncIterable<ReadRow>): Promise<{ windowId: null; excerpts: 0 }> {
	for await (const _ of rows) {
		// Reading is the check.
	}
	return { windowId: null, excerpts: 0 };
}
