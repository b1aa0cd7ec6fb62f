import type {
	EnrolledDevice,
	RoomEntry,
	RoomKit,
	RoomList,
	SessionView,
} from '@throughline/api/client';
import { api, ApiProblem } from '../api.ts';
import type { DeviceStore } from '../device/device-store.ts';
import { askToPersist, checkOffline, type OfflineState } from './offline.ts';
import { problemIn } from './outbox.ts';

/** What this tablet is in the project; its token lets it in. */
export interface OwnDevice {
	id: string;
	label: string;
	token: string;
	engagementId: string;
	engagement: string;
}

/** A kit as it is kept: how far the tablet's clock is off goes with it. */
export interface KeptKit {
	kit: RoomKit;
	/** Server minus tablet, in milliseconds. */
	clockOffset: number;
}

const SOON_MS = 2 * 60 * 60 * 1000;
const LONG_MS = 4 * 60 * 60 * 1000;

export type TabletState = 'loading' | 'new' | 'locked' | 'unlocked';

interface Engagement {
	id: string;
	title: string;
	roles: string[];
}

/** The tablet: its vault, its place in the project, and the sessions it has taken along. */
export class Tablet {
	state = $state<TabletState>('loading');
	device = $state.raw<OwnDevice | null>(null);
	sessions = $state.raw<RoomEntry[]>([]);
	/** Sessions whose kit lies here. */
	taken = $state.raw<readonly string[]>([]);
	offline = $state<OfflineState>('checking');
	/** Who asks: known after the first answer of the server. */
	account = $state<'unknown' | 'signed_in' | 'signed_out' | 'unreachable'>('unknown');
	/** Engagements in which this person runs sessions: a tablet is set up for one of them. */
	engagements = $state.raw<Engagement[]>([]);
	unsent = $state(0);
	unsentRecordings = $state(0);
	wasRevoked = $state(false);
	readonly store: DeviceStore;

	constructor(store: DeviceStore) {
		this.store = store;
	}

	/** Begins with whatever is there, network or not. */
	async begin(): Promise<void> {
		this.store.vault.onChange((state) => {
			this.state = state;
		});
		this.state = (await this.store.vault.hasKey()) ? this.store.vault.state : 'new';
		await Promise.all([this.count(), this.askWho(), this.checkWorker()]);
	}

	async checkWorker(): Promise<void> {
		this.offline = await checkOffline();
	}

	/** Who is signed in, and where they run sessions. */
	async askWho(): Promise<void> {
		try {
			const session = await api(fetch).get<SessionView>('/api/session');
			this.engagements = session.engagements.filter(({ roles }) => roles.includes('facilitator'));
			this.account = 'signed_in';
		} catch (error) {
			const isOut = error instanceof ApiProblem && error.status === 401;
			this.account = isOut ? 'signed_out' : 'unreachable';
		}
	}

	/** Makes this tablet one of the project, behind a passphrase. */
	async setUp(given: { engagementId: string; label: string; passphrase: string }): Promise<void> {
		const { engagementId, label } = given;
		const path = `/api/engagements/${engagementId}/devices`;
		const { id, token } = await api(fetch).post<EnrolledDevice>(path, { label });
		await this.store.vault.create(given.passphrase);
		const engagement = this.engagements.find((each) => each.id === engagementId)?.title ?? '';
		const device: OwnDevice = { id, label, token, engagementId, engagement };
		await this.store.meta.put('device', device);
		this.wasRevoked = false;
		await askToPersist();
		await this.open();
	}

	/** @returns whether the passphrase was right. */
	async unlock(passphrase: string): Promise<boolean> {
		const outcome = await this.store.vault.unlock(passphrase);
		if (outcome === 'unlocked') {
			await this.open();
		}
		return outcome === 'unlocked';
	}

	/** Reads what the vault holds, then asks the server for what is new. */
	async open(): Promise<void> {
		this.device = (await this.store.meta.get<OwnDevice>('device')) ?? null;
		this.sessions = (await this.store.meta.get<RoomEntry[]>('sessions')) ?? [];
		this.taken = await this.store.kits.list();
		this.state = 'unlocked';
		// Work begins with what is here; what is new comes while it goes on.
		void this.refresh();
	}

	/** Asks for the person's sessions and takes along those that are still to come. */
	async refresh(): Promise<void> {
		await this.count();
		const { device } = this;
		if (!device) {
			return;
		}
		try {
			const path = `/api/engagements/${device.engagementId}/own-dialogs`;
			const { sessions } = await api(fetch).get<RoomList>(path);
			this.sessions = sessions;
			this.account = 'signed_in';
			await this.store.meta.put('sessions', sessions);
			for (const { id } of sessions.filter(({ status }) => status !== 'held')) {
				await this.takeAlong(id);
			}
		} catch (error) {
			if (!(error instanceof ApiProblem)) {
				throw error;
			}
			this.account = error.status === 401 ? 'signed_out' : 'unreachable';
		}
	}

	/** Brings everything a session needs onto the tablet. False when it could not be had. */
	async takeAlong(sessionId: string): Promise<boolean> {
		const { device } = this;
		if (!device) {
			return false;
		}
		const path = `/api/engagements/${device.engagementId}/dialogs/${sessionId}/kit`;
		const headers = { 'x-throughline-device': device.token };
		const response = await fetch(path, { headers }).catch(() => null);
		if (!response?.ok) {
			const { code } = problemIn(await response?.json().catch(() => null));
			if (code === 'device_revoked') {
				await this.forget();
			}
			return false;
		}
		// The shape is the API's own promise.
		const kit = (await response.json()) as RoomKit;
		const clockOffset = Date.parse(kit.serverTime) - Date.now();
		await this.store.kits.put(sessionId, { kit, clockOffset } satisfies KeptKit);
		this.taken = await this.store.kits.list();
		return true;
	}

	/** The session somebody unlocks the tablet for: it runs, or begins about now. */
	sessionOfNow(now: number): string | null {
		const isNow = (startsAt: string) => {
			const until = Date.parse(startsAt) - now;
			return until < SOON_MS && until > -LONG_MS;
		};
		const here = this.sessions.filter(
			({ id, startsAt }) => this.taken.includes(id) && isNow(startsAt),
		);
		const found =
			here.find(({ status }) => status === 'running') ??
			here.find(({ status }) => status === 'planned');
		return found?.id ?? null;
	}

	async count(): Promise<void> {
		this.unsent = await this.store.operations.count();
		this.unsentRecordings = await this.store.recordings.count();
	}

	/** Somebody forgot the passphrase: the tablet begins anew, and what was not sent is lost. */
	async empty(): Promise<void> {
		await this.forget();
		this.wasRevoked = false;
		await this.askWho();
	}

	/** The project took this tablet out of use: what it holds cannot be read by anyone again. */
	async forget(): Promise<void> {
		await this.store.forget();
		this.device = null;
		this.sessions = [];
		this.taken = [];
		this.wasRevoked = true;
		this.state = 'new';
		await this.count();
	}

	/** Takes a session that is over and sent off the tablet. */
	async remove(sessionId: string): Promise<void> {
		await this.store.kits.delete(sessionId);
		await this.store.meta.delete(`room/${sessionId}`);
		this.taken = await this.store.kits.list();
	}
}
