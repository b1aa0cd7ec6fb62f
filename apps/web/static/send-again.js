// Sends a page of the survey without leaving it, so that what was written stays on the page while
// there is no network: then it is sent again until it arrives. Nothing is kept on the device; a page
// that is closed forgets. A page that nobody touches is left, so that the next person at the same
// computer does not read it. Without script the browser sends the form.
{
	const form = document.querySelector('form[data-send-again]');
	const state = document.getElementById('sending');
	/** How long the server has to answer. */
	const PATIENCE = 20_000;
	/** Before it is said that it takes a while. */
	const SLOW = 1_500;
	/** The first wait; each next one is twice as long, up to the last. */
	const FIRST = 1_000;
	const LAST = 30_000;
	/** Answers of a server or a proxy that is busy or starting. */
	const BUSY = [502, 503, 504];
	/** Untouched for so long, a page is left. */
	const IDLE = 15 * 60_000;
	/** It says so a minute before. */
	const WARNING = IDLE - 60_000;
	/** What is written for longer than this is saved meanwhile; the code is remembered for longer, too. */
	const KEPT = 8 * 60_000;
	/** After so many of those the page shows what the server says. */
	const MOST_BUSY = 6;

	let isSending = false;
	let waiting;
	let last;
	let attempts = 0;
	let busy = 0;
	let touched = Date.now();
	let saved = touched;
	/** A page that came back unsent is kept like one that is being written. */
	let isChanged = form?.dataset.unsent !== undefined;
	let isWarning = false;
	/** Under way, and what is sent next must not be overtaken by it. */
	let saving = null;

	/** The button that was pressed, as the form would send it. */
	function fields() {
		const data = new FormData(form);
		if (last?.name) {
			data.append(last.name, last.value);
		}
		return new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
	}

	function say(words) {
		state.hidden = words === '';
		state.querySelector('[data-words]').textContent = words;
		state.querySelector('button').hidden = waiting === undefined;
	}

	/** Lets the browser send the form and show whatever the server answers. */
	function sendByBrowser() {
		stop();
		if (last?.name) {
			const field = document.createElement('input');
			field.type = 'hidden';
			field.name = last.name;
			field.value = last.value;
			form.append(field);
		}
		form.submit();
	}

	function stop() {
		clearTimeout(waiting);
		waiting = undefined;
		removeEventListener('beforeunload', warn);
	}

	function warn(event) {
		event.preventDefault();
	}

	async function send() {
		if (isSending) {
			return;
		}
		clearTimeout(waiting);
		waiting = undefined;
		isSending = true;
		await saving;
		const slowly = setTimeout(() => say(state.dataset.sending), attempts === 0 ? SLOW : 0);
		let answer = null;
		let result = null;
		try {
			answer = await fetch(form.action, {
				method: 'POST',
				body: fields(),
				headers: { accept: 'application/json' },
				signal: AbortSignal.timeout(PATIENCE),
			});
			result = await answer.json();
		} catch {
			// No network, or an answer that broke off: what was sent may have arrived, and is sent again.
		}
		clearTimeout(slowly);
		isSending = false;
		if (result?.type === 'redirect') {
			stop();
			location.assign(new URL(result.location, location.href));
			return;
		}
		const isBusy = answer !== null && BUSY.includes(answer.status);
		const retryAfter = answer?.headers.get('retry-after') ?? null;
		// One that says when to come again is asked again for as long as it says so.
		busy += isBusy && retryAfter === null ? 1 : 0;
		const isLost = answer === null || (answer.ok && result === null) || isBusy;
		if (!isLost || busy >= MOST_BUSY) {
			sendByBrowser();
			return;
		}
		wait(isBusy, retryAfter);
	}

	function wait(isBusy, retryAfter) {
		const asked = Number(retryAfter) * 1000 || 0;
		const most = Math.max(asked, Math.min(LAST, FIRST * 2 ** attempts));
		attempts += 1;
		// Drawn, so that a school whose network comes back does not ask all at once.
		const pause = asked + most * (0.5 + Math.random() / 2);
		waiting = setTimeout(send, pause);
		addEventListener('beforeunload', warn);
		say(isBusy ? state.dataset.busy : state.dataset.waiting);
	}

	/** Saves what is written, and stays on the page: as a change of the language does. */
	async function save() {
		const body = new URLSearchParams([...new FormData(form)].map(([n, v]) => [n, String(v)]));
		body.set('language', body.get('shown-in'));
		const headers = { accept: 'application/json' };
		const signal = AbortSignal.timeout(PATIENCE);
		isChanged = false;
		const answer = await fetch(form.action, { method: 'POST', body, headers, signal }).catch(
			() => null,
		);
		if (answer === null || answer.status >= 500) {
			isChanged = true;
		} else {
			saved = Date.now();
		}
	}

	/** A page that waits to be sent stays: its student was told so. One that could not be saved stays, too. */
	async function watch() {
		if (isSending || saving !== null || waiting !== undefined) {
			return;
		}
		const isDue = () => Date.now() - touched >= IDLE;
		// A page that asks for the code is saved with it alone.
		if (isChanged && form.elements.code === undefined && (isDue() || Date.now() - saved >= KEPT)) {
			saving = save();
			await saving;
			saving = null;
		}
		const isUnsaved = isChanged && form.elements.code === undefined;
		if (isDue() && !isUnsaved && !isSending) {
			stop();
			location.replace(form.dataset.idle);
		} else if (Date.now() - touched >= WARNING && !isWarning) {
			isWarning = true;
			say(state.dataset.idle);
		}
	}

	function touch() {
		touched = Date.now();
		if (isWarning) {
			isWarning = false;
			say('');
		}
	}

	if (form && state) {
		for (const kind of ['pointerdown', 'pointermove', 'keydown', 'scroll', 'input']) {
			addEventListener(kind, touch, { passive: true });
		}
		form.addEventListener('input', () => {
			isChanged = true;
		});
		setInterval(() => void watch(), 10_000);
		// A computer that was asleep looks before anybody else does.
		document.addEventListener('visibilitychange', () => void watch());
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			last = event.submitter;
			attempts = 0;
			busy = 0;
			void send();
		});
		state.querySelector('button').addEventListener('click', () => void send());
		addEventListener('online', () => {
			if (waiting !== undefined) {
				clearTimeout(waiting);
				waiting = setTimeout(send, Math.random() * 2_000);
			}
		});
		// Whoever leaves fast is not asked anything.
		document.querySelector('a[data-leave]')?.addEventListener('click', stop);
	}
}
