// Loaded with `node --import` before a pure package: whatever reaches for the clock, randomness, the
// environment, a timer or the network throws; whatever imports a part of Node or is not one of the
// packages and their dependencies is refused.
import { registerHooks } from 'node:module';

const refuse = (name) => {
	const error = new Error(`reached for ${name}`);
	error.name = 'Impure';
	throw error;
};
/** Stands for `real`: Node's own inside may use it, nobody else. */
const guarded = (name, real) =>
	new Proxy(real, {
		apply: (target, self, given) =>
			isNodeItself() ? Reflect.apply(target, self, given) : refuse(name),
		get: (target, key) =>
			isNodeItself() ? Reflect.get(target, key) : refuse(`${name}.${String(key)}`),
		has: (target, key) =>
			isNodeItself() ? Reflect.has(target, key) : refuse(`${name}.${String(key)}`),
	});
/** The frame above the trap, its handler and the proxy is the one that reached for something. */
const isNodeItself = () => /^ +at .*\(?node:/.test(new Error().stack.split('\n')[3] ?? '');

registerHooks({
	resolve(specifier, context, next) {
		const resolved = next(specifier, context);
		const from = context.parentURL ?? '';
		const isWatched = from.startsWith('file:') && !from.includes('/tooling/');
		if (isWatched && resolved.url.startsWith('node:')) {
			refuse(`${resolved.url} (from ${context.parentURL})`);
		}
		return resolved;
	},
});

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
	apply: () => refuse('Date()'),
	construct(target, given, newTarget) {
		return given.length === 0 ? refuse('new Date()') : Reflect.construct(target, given, newTarget);
	},
	get: (target, key) => (key === 'now' ? refuse('Date.now') : Reflect.get(target, key)),
});
Math.random = () => refuse('Math.random');
for (const name of ['fetch', 'performance', 'setTimeout', 'setInterval', 'setImmediate']) {
	Object.defineProperty(globalThis, name, {
		value: guarded(name, globalThis[name]),
		configurable: true,
	});
}
const { subtle } = crypto;
Object.defineProperty(globalThis, 'crypto', {
	value: {
		subtle: { digest: (...given) => subtle.digest(...given) },
		getRandomValues: () => refuse('crypto.getRandomValues'),
		randomUUID: () => refuse('crypto.randomUUID'),
	},
});
process.env = guarded('process.env', process.env);
for (const name of ['cwd', 'hrtime', 'uptime', 'memoryUsage']) {
	process[name] = guarded(`process.${name}`, process[name]);
}
