import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { policyOfHandler } from '../http/authorise.ts';
import { schemasOfHandler } from '../http/valid.ts';
import type { Verb } from '../policies/verbs.ts';
import type { testApp } from './test-app.ts';

/** A registered route with its policy and the bodies it takes. */
export interface ListedRoute {
	name: string;
	method: string;
	path: string;
	verb: Verb | null;
	body: z.ZodType | null;
}

/** Every registered route, in the order they are tried; what `app.use` added for all is left out. */
export function listRoutes({ app }: Pick<ReturnType<typeof testApp>, 'app'>): ListedRoute[] {
	const own = app.routes.filter(({ path }) => path !== '/*' && path !== '/api/*');
	return [...Map.groupBy(own, ({ method, path }) => `${method} ${path}`)].map(
		([name, handlers]) => {
			const [first] = handlers;
			const parsed = handlers.flatMap(({ handler }) => schemasOfHandler(handler) ?? []);
			return {
				name,
				method: first?.method === 'ALL' ? 'POST' : (first?.method ?? 'GET'),
				path: first?.path ?? '',
				verb: handlers.map(({ handler }) => policyOfHandler(handler)).find((verb) => verb) ?? null,
				body: parsed.find(({ target }) => target === 'json')?.schema ?? null,
			};
		},
	);
}

/** The table a parameter's ids are of; of others there is none. */
const tables: Readonly<Record<string, string>> = {
	versionId: 'survey_version',
	windowId: 'survey_window',
	cohortId: 'cohort',
	releaseId: 'release',
	quoteId: 'quote',
	findingId: 'finding',
	recommendationId: 'recommendation',
	exportId: 'row_export',
	sessionId: 'dialog_session',
	transcriptId: 'transcript',
	turnId: 'turn',
	redactionId: 'turn_redaction',
	spanId: 'turn_span',
	excerptId: 'excerpt',
	flagId: 'review_flag',
	deviceId: 'project_device',
	recordingId: 'recording',
	invitationId: 'invitation',
	groupId: 'student_group',
	milestoneId: 'milestone',
};

/**
 * One thing of each kind in an engagement, by the parameter that names it. Turns, redactions and
 * spans are those of the transcript that is named, so that an address hangs together.
 */
export async function oneOfEach(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<Record<string, string>> {
	const found: Record<string, string> = { engagementId };
	for (const [name, table] of Object.entries(tables)) {
		const { rows } = await sql<{ id: string }>`
			select id from ${sql.table(table)} where engagement_id = ${engagementId} order by id limit 1
		`.execute(db);
		if (rows[0]) {
			found[name] = rows[0].id;
		}
	}
	const { rows: people } = await sql<{ id: string }>`
		select person_id as id from engagement_role where engagement_id = ${engagementId}
		order by person_id limit 1
	`.execute(db);
	const { rows: transcripts } = await sql<{ session: string }>`
		select session_id as session from transcript where id = ${found['transcriptId'] ?? null}
	`.execute(db);
	const sessionId = transcripts[0]?.session ?? found['sessionId'];
	return {
		...found,
		...(people[0] && { personId: people[0].id }),
		...(sessionId !== undefined && { sessionId }),
	};
}

/** The address of a route; a parameter without a value names nothing there is. */
export function fillRoute(path: string, values: Readonly<Record<string, string>>): string {
	return path
		.replaceAll(/:(\w+)(\{[^}]*\})?\??/g, (_, name: string) => values[name] ?? randomUUID())
		.replace('*', 'x');
}

/** The smallest body a schema describes, as far as its JSON schema says; `{}` without one. */
export function smallestBody(schema: z.ZodType | null): unknown {
	if (schema === null) {
		return {};
	}
	const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
	return smallest(json as Json) ?? {};
}

interface Json {
	type?: string;
	const?: unknown;
	enum?: unknown[];
	anyOf?: Json[];
	oneOf?: Json[];
	allOf?: Json[];
	format?: string;
	minLength?: number;
	minimum?: number;
	minItems?: number;
	items?: Json;
	properties?: Record<string, Json>;
	required?: string[];
}

const formats: Readonly<Record<string, string>> = {
	uuid: '019aa000-0000-7000-8000-0000000000aa',
	email: 'somebody@example.org',
	date: '2026-03-02',
	'date-time': '2026-03-02T15:00:00Z',
	time: '08:00',
};

function smallest(json: Json): unknown {
	if ('const' in json) {
		return json.const;
	}
	const [first] = json.enum ?? json.anyOf?.map(smallest) ?? json.oneOf?.map(smallest) ?? [];
	if (first !== undefined) {
		return first;
	}
	switch (json.type) {
		case 'object':
			return Object.fromEntries(
				(json.required ?? []).map((name) => [name, smallest(json.properties?.[name] ?? {})]),
			);
		case 'array':
			return Array.from({ length: json.minItems ?? 0 }, () => smallest(json.items ?? {}));
		case 'string':
			return (
				formats[json.format ?? ''] ?? 'abcdefghijklmnop'.slice(0, Math.max(10, json.minLength ?? 0))
			);
		case 'number':
		case 'integer':
			return Math.max(1, json.minimum ?? 0);
		case 'boolean':
			return false;
		default:
			return null;
	}
}
