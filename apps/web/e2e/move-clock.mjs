/**
 * Loaded into the server of the journeys: each SIGUSR2 sets its clock six minutes ahead, or as many
 * as E2E_CLOCK_STEP says. It begins E2E_CLOCK_AHEAD minutes ahead.
 */
const RealDate = Date;
/** @param {string} name @param {number} usual */
const minutes = (name, usual) => Number(process.env[name] ?? usual) * 60_000;
const step = minutes('E2E_CLOCK_STEP', 6);
let ahead = minutes('E2E_CLOCK_AHEAD', 0);

const now = () => RealDate.now() + ahead;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, given, made) =>
		Reflect.construct(target, given.length === 0 ? [now()] : given, made),
	apply: () => new RealDate(now()).toString(),
	get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

process.on('SIGUSR2', () => {
	ahead += step;
});
