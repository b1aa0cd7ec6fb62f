import { describeOn } from '@throughline/db/testing';
import { expect, it } from 'vitest';
import { testApp } from '../testing/test-app.ts';
import { policyOfHandler } from './authorise.ts';

interface Document {
	openapi: string;
	paths: Record<string, Record<string, { parameters: { name: string }[]; requestBody?: unknown }>>;
}

describeOn('server', 'the OpenAPI document', (getDatabase) => {
	async function read() {
		const { app, send } = testApp(getDatabase().db);
		const { body, status } = await send('GET', '/api/openapi.json');
		expect(status).toBe(200);
		// The test reads the document as its own schema describes it.
		return { app, document: body as Document };
	}

	it('has every registered route', async () => {
		const { app, document } = await read();
		const guarded = app.routes.filter((route) => policyOfHandler(route.handler) !== null);
		for (const route of guarded) {
			const path = route.path.replaceAll(/:(\w+)/g, '{$1}').replaceAll('*', '{rest}');
			const method = route.method === 'ALL' ? 'get' : route.method.toLowerCase();
			expect(document.paths[path]?.[method], `${method} ${path}`).toBeDefined();
		}
		expect(guarded.length).toBeGreaterThan(40);
	});

	it('describes what a route parses, from the schema it parses with', async () => {
		const { document } = await read();
		const start = document.paths['/api/student/{link}/start']?.['post'];
		expect(start?.parameters).toMatchObject([{ name: 'link', in: 'path', required: true }]);
		expect(JSON.stringify(start?.requestBody)).toContain('"code"');
	});

	it('names every parameter of every path', async () => {
		const { document } = await read();
		for (const [path, operations] of Object.entries(document.paths)) {
			const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
			for (const operation of Object.values(operations)) {
				expect(operation.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
			}
		}
	});
});
