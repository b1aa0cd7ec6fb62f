import type { RouterRoute } from 'hono/types';
import { z } from 'zod';
import { type Verb, verbs } from '../policies/verbs.ts';
import { policyOfHandler } from './authorise.ts';
import { schemasOfHandler } from './valid.ts';

type Target = 'param' | 'query' | 'json' | 'form' | 'header' | 'cookie';

interface Operation {
	verb: Verb;
	schemas: Map<string, z.ZodType>;
}

const problem = {
	type: 'object',
	required: ['error'],
	properties: {
		error: {
			type: 'object',
			required: ['code', 'message'],
			properties: {
				code: { type: 'string', description: 'Stable; listed in docs/api.md.' },
				message: { type: 'string', description: 'What is wrong and what to do next.' },
				fields: {
					type: 'object',
					additionalProperties: { type: 'string' },
					description: 'What is wrong per field, by its path.',
				},
			},
		},
	},
};

/**
 * The API as an OpenAPI 3.1 document, made of the routes that are registered and the very schemas
 * they parse with. What a 200 holds is typed in the client package and told in docs/api.md.
 */
export function openApiDocument(routes: readonly RouterRoute[]): object {
	const paths: Record<string, Record<string, object>> = {};
	for (const [key, operation] of operationsOf(routes)) {
		const [method = '', path = ''] = key.split(' ');
		paths[path] = { ...paths[path], [method]: describe(path, operation) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: 'Throughline API',
			version: '0.1.0',
			description: 'Every error has the shape of `Problem`.',
		},
		paths,
		components: { schemas: { Problem: problem } },
	};
}

/** Routes by method and path; a route is the handlers registered for it, one after the other. */
function operationsOf(routes: readonly RouterRoute[]): Map<string, Operation> {
	const operations = new Map<string, Operation>();
	for (const route of routes) {
		const verb = policyOfHandler(route.handler);
		const methods = route.method === 'ALL' ? ['get', 'post'] : [route.method.toLowerCase()];
		const path = route.path.replaceAll(/:(\w+)/g, '{$1}').replaceAll('*', '{rest}');
		for (const method of methods) {
			const key = `${method} ${path}`;
			const known = operations.get(key);
			if (!known && verb !== null) {
				operations.set(key, { verb, schemas: new Map() });
			}
			const schemas = operations.get(key)?.schemas;
			const own = schemasOfHandler(route.handler);
			if (schemas && own) {
				schemas.set(own.target, own.schema);
			}
		}
	}
	return operations;
}

function describe(path: string, { verb, schemas }: Operation): object {
	const body = schemas.get('json' satisfies Target);
	const isPublic = verbs[verb].some((role) => role === 'anyone');
	return {
		summary: verb,
		description: `For: ${verbs[verb].join(', ')}.`,
		parameters: [
			...pathParameters(path, schemas.get('param' satisfies Target)),
			...parametersOf(schemas.get('query' satisfies Target), 'query'),
		],
		...(body && {
			requestBody: { required: true, content: { 'application/json': { schema: toJson(body) } } },
		}),
		responses: {
			'2XX': { description: 'Done.' },
			...(isPublic ? {} : { '401': refusal('Nobody is signed in.') }),
			...(isPublic ? {} : { '403': refusal('The roles held do not include this.') }),
			'404': refusal('Nothing is there, or nothing that may be seen.'),
			...(schemas.size > 0 && { '422': refusal('Something sent cannot be used.') }),
		},
	};
}

function refusal(description: string): object {
	return {
		description,
		content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
	};
}

/** Every name in the path, with the schema it is parsed by where there is one. */
function pathParameters(path: string, schema: z.ZodType | undefined): object[] {
	const known = new Map(propertiesOf(schema));
	const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
	return names.map((name) => ({
		name,
		in: 'path',
		required: true,
		schema: known.get(name)?.schema ?? { type: 'string' },
	}));
}

function parametersOf(schema: z.ZodType | undefined, place: 'query'): object[] {
	return propertiesOf(schema).map(([name, { schema: own, isRequired }]) => ({
		name,
		in: place,
		required: isRequired,
		schema: own,
	}));
}

function propertiesOf(
	schema: z.ZodType | undefined,
): [string, { schema: unknown; isRequired: boolean }][] {
	const json = toJson(schema ?? z.object({}));
	const required = new Set(json.required ?? []);
	return Object.entries(json.properties ?? {}).map(([name, own]) => [
		name,
		{ schema: own, isRequired: required.has(name) },
	]);
}

/** What may be sent, before defaults and conversions. */
function toJson(schema: z.ZodType) {
	return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
