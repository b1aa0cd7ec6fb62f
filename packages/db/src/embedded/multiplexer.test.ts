import { once } from 'node:events';
import { connect as openSocket, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openEngine, type EngineInstance } from './instance.ts';
import { createMultiplexer, type Engine, type Multiplexer } from './multiplexer.ts';
import { simpleQuery } from './wire.ts';

const IDLE_IN_TRANSACTION_MS = 300;

let copy: TestDatabase;
let instance: EngineInstance;
let engine: Engine;
let server: Server;
let multiplexer: Multiplexer;
let broken: unknown[] = [];

beforeAll(async () => {
	copy = await createTestDatabase('embedded');
	const dataDir = 'dataDir' in copy.config ? copy.config.dataDir : '';
	instance = await openEngine(join(dataDir, 'database'), (error) => broken.push(error));
	await instance.run(simpleQuery('create table t (id int)'), () => {});
});
afterAll(async () => {
	await instance.close();
	await copy.remove();
});

beforeEach(async () => {
	engine = { ...instance };
	broken = [];
	multiplexer = createMultiplexer(
		{ run: (...args) => engine.run(...args), isInTransaction: () => engine.isInTransaction() },
		{ idleInTransactionMs: IDLE_IN_TRANSACTION_MS, onBroken: (error) => broken.push(error) },
	);
	server = createServer((socket) => multiplexer.accept(socket)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return async () => {
		server.close();
		await multiplexer.close();
	};
});

async function connect(): Promise<pg.Client> {
	const client = new pg.Client({
		host: '127.0.0.1',
		port: portOf(server),
		user: 'postgres',
		ssl: false,
	});
	client.on('error', () => {});
	await client.connect();
	return client;
}

test('a client that holds a transaction in silence is cut off, and the next one served', async () => {
	const silent = await connect();
	const lost = once(silent, 'error');
	const other = await connect();
	await silent.query('begin');
	await silent.query('insert into t values (1)');
	expect((await other.query('select count(*) as n from t')).rows).toEqual([{ n: '0' }]);
	expect(await lost).toMatchObject([{ code: '25P03' }]);
	await other.end();
});

test('a client that speaks in its transaction is not cut off', async () => {
	const client = await connect();
	await client.query('begin');
	for (let i = 0; i < 4; i += 1) {
		await new Promise((resolve) => setTimeout(resolve, IDLE_IN_TRANSACTION_MS / 2));
		await client.query('select 1');
	}
	await client.query('rollback');
	await expect(client.end()).resolves.toBeUndefined();
});

test('a client that vanishes while its first statement runs leaves no transaction', async () => {
	const begun = Promise.withResolvers<void>();
	const goOn = Promise.withResolvers<void>();
	const real = engine.run;
	const client = await connect();
	const other = await connect();
	engine.run = async (bytes, onData) => {
		begun.resolve();
		await goOn.promise;
		await real(bytes, onData);
	};
	void client.query('begin; insert into t values (2)').catch(() => {});
	await begun.promise;
	const seen = other.query('select count(*) as n from t');
	await client.end();
	goOn.resolve();
	expect((await seen).rows).toEqual([{ n: '0' }]);
	await other.end();
});

test('a broken engine hangs up on everyone and is reported once', async () => {
	const clients = [await connect(), await connect()];
	const lost = clients.map(
		(client) => new Promise((resolve) => client.once('end', () => resolve(true))),
	);
	engine.run = () => Promise.reject(new Error('memory access out of bounds'));
	const asking = clients.map((client) => client.query('select 1'));
	for (const answer of await Promise.allSettled(asking)) {
		expect(answer.status).toBe('rejected');
	}
	expect(await Promise.all(lost)).toEqual([true, true]);
	expect(broken).toMatchObject([{ message: 'memory access out of bounds' }]);
	await expect(connect()).rejects.toThrow();
});

test('a client that sends nonsense is hung up on and nobody else notices', async () => {
	const good = await connect();
	const bad = openSocket(portOf(server), '127.0.0.1');
	const closed = once(bad, 'close');
	bad.end(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
	await closed;
	expect((await good.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	await good.end();
});

function portOf(listening: Server): number {
	// A server that listens on a port has an AddressInfo.
	return (listening.address() as AddressInfo).port;
}
