// Loaded into the server before anything else (start-throughline.ts): a connection to anywhere but
// this machine is refused and told of on stderr.
import { writeSync } from 'node:fs';
import net from 'node:net';

const HERE = /^(127\.\d+\.\d+\.\d+|::1|localhost|\/.*)$/;
const connect = net.Socket.prototype.connect;

/**
 * @this {net.Socket}
 * @param {any[]} args
 */
function watched(...args) {
	const host = hostOf(args.flat());
	if (!HERE.test(host)) {
		writeSync(2, `A connection to ${host} was tried.\n`);
		throw new Error(`No connection to ${host}: this server is watched.`);
	}
	// The overloads of `connect` have no name for just any of them.
	return Reflect.apply(connect, this, args);
}
net.Socket.prototype.connect = watched;

/**
 * Where to, in any of the ways `connect` is called: options, a path, or a port and a host.
 * @param {any[]} args
 * @returns {string}
 */
function hostOf([first, second]) {
	if (typeof first === 'object' && first !== null) {
		return first.path ?? first.host ?? 'localhost';
	}
	if (typeof first === 'string' && !/^\d+$/.test(first)) {
		return first;
	}
	return typeof second === 'string' ? second : 'localhost';
}
