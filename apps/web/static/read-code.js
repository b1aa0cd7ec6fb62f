// A scanned slip leads to /s/<survey>#CODE. The part after # is never sent: this puts it into the
// box for the code and takes it out of the address. Without script the code is typed.
{
	const code = decodeURIComponent(location.hash.slice(1));
	const box = document.getElementById('code');
	if (box && /^[\w-]{11,20}$/.test(code)) {
		box.value = code;
		history.replaceState(null, '', location.pathname + location.search);
	}
}
