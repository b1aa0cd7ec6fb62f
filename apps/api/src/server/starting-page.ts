/** In the languages of the pages for students and the public: nobody is known yet. */
const WORDS = [
	{
		language: 'en',
		direction: 'ltr',
		title: 'Throughline is starting',
		next: 'What was sent before is saved. Wait some seconds, then load this page again.',
	},
	{
		language: 'es',
		direction: 'ltr',
		title: 'Throughline está arrancando',
		next: 'Lo que se envió antes está guardado. Espera unos segundos y carga esta página otra vez.',
	},
	{
		language: 'ar',
		direction: 'rtl',
		title: 'يبدأ Throughline الآن',
		next: 'ما أُرسل من قبل محفوظ. انتظر بضع ثوانٍ ثم حمّل هذه الصفحة مرة أخرى.',
	},
];

/** What a browser shows while the pages are not there yet: HTML without a style or a script. */
export const startingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Throughline is starting</title>
<main>
${WORDS.map(inOneLanguage).join('\n')}
</main>
</html>
`;

function inOneLanguage({ language, direction, title, next }: (typeof WORDS)[number]): string {
	const level = language === 'en' ? 'h1' : 'h2';
	return `<div lang="${language}" dir="${direction}"><${level}>${title}</${level}><p>${next}</p></div>`;
}
