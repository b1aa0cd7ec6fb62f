const MB = 1024 * 1024;
/** Two hours are 29 MB; the rest is for what else the tablet does. */
const NEEDED_BYTES = 200 * MB;
/** Less than this while it records, and the tablet may soon take nothing more. */
const LEAST_BYTES = 50 * MB;
const LOW_BATTERY = 0.3;

export interface DeviceChecks {
	/** Megabytes that are free, or null where the browser does not say. */
	freeMb: number | null;
	hasSpace: boolean;
	/** The browser promised not to clear this by itself. */
	isPersistent: boolean;
	/** Per cent, when it is low and no charger is there; null otherwise. */
	lowBattery: number | null;
}

/** Looks at the tablet before a session: space, whether it is kept, and the battery. */
export async function checkDevice(): Promise<DeviceChecks> {
	const isPersistent =
		(await navigator.storage.persisted().catch(() => false)) ||
		(await navigator.storage.persist().catch(() => false));
	return { ...(await look(NEEDED_BYTES)), isPersistent };
}

/** Looks at it again while it records; asks for nothing. */
export async function lookAtDevice(): Promise<DeviceChecks> {
	const isPersistent = await navigator.storage.persisted().catch(() => false);
	return { ...(await look(LEAST_BYTES)), isPersistent };
}

async function look(neededBytes: number): Promise<Omit<DeviceChecks, 'isPersistent'>> {
	const estimate = await navigator.storage.estimate().catch(() => null);
	const free =
		estimate?.quota === undefined ? null : Math.max(0, estimate.quota - (estimate.usage ?? 0));
	return {
		freeMb: free === null ? null : Math.floor(free / MB),
		hasSpace: free === null || free >= neededBytes,
		lowBattery: await lowBattery(),
	};
}

interface Battery {
	level: number;
	charging: boolean;
}

async function lowBattery(): Promise<number | null> {
	const ask: unknown = Reflect.get(navigator, 'getBattery');
	if (typeof ask !== 'function') {
		return null;
	}
	// Chromium's Battery Status API, which TypeScript does not know.
	const battery = (await Promise.resolve(ask.call(navigator)).catch(() => null)) as Battery | null;
	return battery !== null && !battery.charging && battery.level < LOW_BATTERY
		? Math.round(battery.level * 100)
		: null;
}

/** Keeps the screen on; asked for again whenever the page comes back into view. */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | null = null;
	let isOver = false;
	async function ask(): Promise<void> {
		if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) {
			return;
		}
		// Refused on a low battery: the recording goes on, the screen may go dark.
		const next = await navigator.wakeLock.request('screen').catch(() => null);
		if (isOver) {
			await next?.release();
			return;
		}
		lock = next;
	}
	const again = () => void ask();
	document.addEventListener('visibilitychange', again);
	again();
	return () => {
		isOver = true;
		document.removeEventListener('visibilitychange', again);
		void lock?.release();
	};
}
