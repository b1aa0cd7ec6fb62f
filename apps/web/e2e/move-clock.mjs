/** Loaded into the server of the journeys: each SIGUSR2 sets its clock six minutes ahead. */
const RealDate = Date;
let ahead = 0;

const now = () => RealDate.now() + ahead;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, given, made) =>
		Reflect.construct(target, given.length === 0 ? [now()] : given, made),
	apply: () => new RealDate(now()).toString(),
	get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

process.on('SIGUSR2', () => {
	ahead += 6 * 60_000;
});
