import { afterEach, describe, expect, it, vi } from 'vitest';
import { createVault, ITERATIONS, type KeyShelf, VaultLocked, type WrappedKey } from './vault.ts';

const words = new TextEncoder().encode('what was said in the room');

function shelf(): KeyShelf & { lies: WrappedKey | undefined } {
	return {
		lies: undefined,
		async read() {
			return this.lies;
		},
		async write(key) {
			this.lies = key;
		},
		async remove() {
			this.lies = undefined;
		},
	};
}

function vaultWith(options: { clock?: () => number } = {}) {
	const own = shelf();
	return { own, vault: createVault({ shelf: own, iterations: 1000, ...options }) };
}

afterEach(() => {
	vi.useRealTimers();
});

describe('the vault', () => {
	it('wraps its key with 600,000 rounds or more unless a test says otherwise', async () => {
		const own = shelf();
		await createVault({ shelf: own }).create('four tall birches');
		expect(ITERATIONS).toBeGreaterThanOrEqual(600_000);
		expect(own.lies?.iterations).toBe(ITERATIONS);
	});

	it('opens what it sealed, after a restart and with the same passphrase', async () => {
		const { own, vault } = vaultWith();
		await vault.create('four tall birches');
		const sealed = await vault.seal('slice/1', words);
		const later = createVault({ shelf: own });
		expect(await later.unlock('four tall birches')).toBe('unlocked');
		expect(await later.open('slice/1', sealed)).toEqual(words);
	});

	it('says so when the passphrase is wrong, and stays locked', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		vault.lock();
		expect(await vault.unlock('five tall birches')).toBe('wrong_passphrase');
		expect(vault.state).toBe('locked');
	});

	it('refuses to seal and to open while it is locked', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		const sealed = await vault.seal('a', words);
		vault.lock();
		await expect(vault.seal('a', words)).rejects.toBeInstanceOf(VaultLocked);
		await expect(vault.open('a', sealed)).rejects.toBeInstanceOf(VaultLocked);
	});

	it('does not open something under another name, nor something that was changed', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		const sealed = await vault.seal('slice/1', words);
		await expect(vault.open('slice/2', sealed)).rejects.toThrow(/./);
		sealed[20] = (sealed[20] ?? 0) ^ 1;
		await expect(vault.open('slice/1', sealed)).rejects.toThrow(/./);
	});

	it('never seals the same bytes alike', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		expect(await vault.seal('a', words)).not.toEqual(await vault.seal('a', words));
	});

	it('has no key any more once it was told to forget', async () => {
		const { own, vault } = vaultWith();
		await vault.create('four tall birches');
		await vault.forget();
		expect(own.lies).toBeUndefined();
		expect(vault.state).toBe('locked');
		expect(await vault.unlock('four tall birches')).toBe('no_key');
	});

	it('does not put a new passphrase over an old one', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		await expect(vault.create('other words here')).rejects.toThrow(/already/);
	});
});

describe('locking by itself', () => {
	it('locks ten minutes after the last use and tells who listens', async () => {
		let now = 0;
		const { vault } = vaultWith({ clock: () => now });
		await vault.create('four tall birches');
		const heard: string[] = [];
		vault.onChange((state) => heard.push(state));
		now = 9 * 60_000;
		vault.touch();
		now = 18 * 60_000;
		expect(vault.state).toBe('unlocked');
		now = 19 * 60_000;
		expect(vault.state).toBe('locked');
		await expect(vault.seal('a', words)).rejects.toBeInstanceOf(VaultLocked);
		expect(heard).toEqual(['locked']);
	});

	it('locks by the timer when nobody asks', async () => {
		const { vault } = vaultWith();
		await vault.create('four tall birches');
		vi.useFakeTimers();
		vault.touch();
		const heard: string[] = [];
		vault.onChange((state) => heard.push(state));
		vi.advanceTimersByTime(10 * 60_000 + 1);
		expect(heard).toEqual(['locked']);
	});

	it('stays open while it is held, and counts from the end of that', async () => {
		let now = 0;
		const { vault } = vaultWith({ clock: () => now });
		await vault.create('four tall birches');
		const release = vault.keepOpen();
		now = 3 * 3_600_000;
		expect(vault.state).toBe('unlocked');
		release();
		expect(vault.state).toBe('unlocked');
		now += 10 * 60_000;
		expect(vault.state).toBe('locked');
	});
});
