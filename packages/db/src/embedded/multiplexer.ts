import type { Socket } from 'node:net';
import { abandonMessage, createRequestReader, fatalMessage, type Request } from './wire.ts';

/** The one backend behind every connection. */
export type Engine = {
	/** Answers one startup packet or one complete turn; throws only when the engine is broken. */
	run(bytes: Uint8Array, onData: (bytes: Uint8Array) => void): Promise<void>;
	isInTransaction(): boolean;
};

export type Multiplexer = {
	/** Serves a client until it leaves. */
	accept(socket: Socket): void;
	/** Hangs up on every client, after the statement that runs. */
	close(): Promise<void>;
};

type Session = { socket: Socket; isGone: boolean };
/** `work` resolves to whether the session still holds the engine. */
type Turn = { session: Session; work: () => Promise<boolean> };

/**
 * Lets many connections share one backend: a client that began a statement or a transaction holds the
 * engine until it ended, everyone else waits in order. A client that vanishes is rolled back; one that
 * holds a transaction without speaking for `idleInTransactionMs` is cut off (SQLSTATE 25P03).
 * `onBroken` is called once when the engine itself fails.
 */
export function createMultiplexer(
	engine: Engine,
	options: { idleInTransactionMs: number; onBroken: (error: unknown) => void },
): Multiplexer {
	const sessions = new Set<Session>();
	let queue: Turn[] = [];
	let holder: Session | null = null;
	let running: Promise<void> | null = null;
	let idleTimer: NodeJS.Timeout | undefined;
	let isClosed = false;

	function enqueue(turn: Turn): void {
		queue.push(turn);
		start();
	}

	function start(): void {
		running ??= pump().finally(() => {
			running = null;
			if (nextIndex() !== -1) {
				start();
			}
		});
	}

	async function pump(): Promise<void> {
		try {
			for (let turn = next(); turn !== undefined; turn = next()) {
				clearTimeout(idleTimer);
				const isHeld = await turn.work();
				holder = isHeld ? turn.session : null;
				await settleHolder();
			}
		} catch (error) {
			fail(error);
		}
	}

	function next(): Turn | undefined {
		const index = nextIndex();
		return index === -1 ? undefined : queue.splice(index, 1)[0];
	}

	function nextIndex(): number {
		return queue.findIndex((turn) => holder === null || turn.session === holder);
	}

	async function settleHolder(): Promise<void> {
		if (holder?.isGone) {
			await engine.run(abandonMessage(), () => {});
			holder = null;
			return;
		}
		const silent = holder;
		if (silent !== null && !queue.some((turn) => turn.session === silent)) {
			idleTimer = setTimeout(() => cutOff(silent), options.idleInTransactionMs);
		}
	}

	function cutOff(session: Session): void {
		session.socket.end(
			fatalMessage('25P03', 'terminating connection due to idle-in-transaction timeout'),
		);
		leave(session);
	}

	function leave(session: Session): void {
		if (session.isGone) {
			return;
		}
		session.isGone = true;
		sessions.delete(session);
		queue = queue.filter((turn) => turn.session !== session);
		if (holder === session && running === null) {
			// An empty turn: the pump sees that the holder is gone and rolls back.
			enqueue({ session, work: () => Promise.resolve(true) });
		}
	}

	function fail(error: unknown): void {
		isClosed = true;
		clearTimeout(idleTimer);
		queue = [];
		for (const session of sessions) {
			session.socket.destroy();
		}
		options.onBroken(error);
	}

	async function answer(session: Session, bytes: Uint8Array, isOpen: boolean): Promise<boolean> {
		session.socket.cork();
		await engine.run(bytes, (data) => {
			if (!session.isGone) {
				session.socket.write(new Uint8Array(data));
			}
		});
		session.socket.uncork();
		return isOpen || engine.isInTransaction();
	}

	function handle(session: Session, request: Request): void {
		switch (request.type) {
			case 'encryption':
				session.socket.write('N');
				return;
			case 'cancel':
			case 'terminate':
				session.socket.end();
				return;
			case 'startup':
				enqueue({ session, work: () => answer(session, request.bytes, false) });
				return;
			case 'turn':
				enqueue({ session, work: () => answer(session, request.bytes, request.isOpen) });
				return;
		}
	}

	return {
		accept(socket) {
			if (isClosed) {
				socket.destroy();
				return;
			}
			const session: Session = { socket, isGone: false };
			const read = createRequestReader();
			sessions.add(session);
			socket.setNoDelay(true);
			socket.on('data', (chunk: Buffer) => {
				try {
					for (const request of read(chunk)) {
						handle(session, request);
					}
				} catch {
					socket.destroy();
				}
			});
			// An error is always followed by 'close'.
			socket.on('error', () => {});
			socket.on('close', () => leave(session));
		},
		async close() {
			isClosed = true;
			queue = [];
			for (const session of [...sessions]) {
				session.socket.destroy();
				leave(session);
			}
			while (running !== null) {
				await running;
			}
			clearTimeout(idleTimer);
		},
	};
}
