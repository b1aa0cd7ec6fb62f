/** Languages in their own words; a code this page does not know stands for itself. */
const names: Readonly<Record<string, string>> = {
	en: 'English',
	es: 'Español',
	so: 'Af Soomaali',
	hmn: 'Hmoob',
	oj: 'Anishinaabemowin',
	ar: 'العربية',
	vi: 'Tiếng Việt',
	om: 'Afaan Oromoo',
};

export function languageName(code: string): string {
	return names[code] ?? code;
}
