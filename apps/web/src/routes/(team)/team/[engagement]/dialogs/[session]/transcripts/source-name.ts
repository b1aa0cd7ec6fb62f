import { text } from '#lib/i18n/text.ts';

/** Where a transcript comes from, in words. */
export function sourceName(source: string | null): string {
	const t = text('transcript', 'en');
	switch (source) {
		case 'notes':
		case 'webvtt':
		case 'srt':
		case 'text':
		case 'docx':
		case 'csv':
		case 'json':
		case 'speech_to_text':
			return t(`source.${source}`);
		default:
			return t('source.unknown');
	}
}
