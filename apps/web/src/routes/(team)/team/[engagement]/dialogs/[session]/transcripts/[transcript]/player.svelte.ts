/** A recording as it is played beside its transcript; times are of the session. */
export class Player {
	isPlaying = $state(false);
	/** On the session's clock. */
	nowMs = $state(0);
	/** The sound did not come; it is asked for again at the next key. */
	hasFailed = $state(false);

	readonly offsetMs: number;
	#audio: HTMLAudioElement | null = null;
	#stopAt: number | null = null;

	constructor(offsetMs: number) {
		this.offsetMs = offsetMs;
	}

	/** Takes over the element that plays. @returns what lets it go again. */
	attach = (audio: HTMLAudioElement): (() => void) => {
		this.#audio = audio;
		const onTime = () => {
			this.nowMs = audio.currentTime * 1000 + this.offsetMs;
			if (this.#stopAt !== null && this.nowMs >= this.#stopAt) {
				this.#stopAt = null;
				audio.pause();
			}
		};
		const onState = () => (this.isPlaying = !audio.paused);
		const onError = () => (this.hasFailed = true);
		audio.addEventListener('timeupdate', onTime);
		audio.addEventListener('play', onState);
		audio.addEventListener('pause', onState);
		audio.addEventListener('error', onError);
		return () => {
			this.#audio = null;
			audio.removeEventListener('timeupdate', onTime);
			audio.removeEventListener('play', onState);
			audio.removeEventListener('pause', onState);
			audio.removeEventListener('error', onError);
		};
	};

	toggle(): void {
		this.#stopAt = null;
		if (this.#audio?.paused) {
			this.#play();
		} else {
			this.#audio?.pause();
		}
	}

	back(seconds: number): void {
		if (this.#audio) {
			this.#audio.currentTime = Math.max(0, this.#audio.currentTime - seconds);
		}
	}

	/** Plays one stretch of the session and stops. */
	playStretch({ startMs, endMs }: { startMs: number; endMs: number }): void {
		if (this.#audio) {
			this.#audio.currentTime = Math.max(0, (startMs - this.offsetMs) / 1000);
			this.#stopAt = endMs > startMs ? endMs : null;
			this.#play();
		}
	}

	#play(): void {
		const audio = this.#audio;
		if (this.hasFailed) {
			this.hasFailed = false;
			audio?.load();
		}
		audio?.play().catch(() => (this.hasFailed = true));
	}
}
