import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { Mailer } from '../deps.ts';

const SMTP_TIMEOUT_MS = 15_000;

/** Mail over SMTP when SMTP_URL is set; otherwise each message is printed with `print`. */
export function createMailer(
	config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>,
	print: (text: string) => void,
): Mailer {
	if (config.SMTP_URL === undefined) {
		return {
			isConfigured: false,
			send: async ({ to, subject, text }) => {
				print(`\nNo mail server is set up (SMTP_URL). For ${to}: ${subject}\n\n${text}\n`);
			},
		};
	}
	const transport = createTransport(
		{
			url: config.SMTP_URL,
			connectionTimeout: SMTP_TIMEOUT_MS,
			greetingTimeout: SMTP_TIMEOUT_MS,
			socketTimeout: SMTP_TIMEOUT_MS,
			disableFileAccess: true,
			disableUrlAccess: true,
		},
		{ from: config.MAIL_FROM },
	);
	return {
		isConfigured: true,
		send: async (message) => {
			try {
				await transport.sendMail(message);
			} catch (error) {
				throw withoutAddresses(error);
			}
		},
	};
}

/** What a mail server says about a message names whom it was for, and errors end in the log. */
function withoutAddresses(error: unknown): Error {
	const said: object = typeof error === 'object' && error !== null ? error : {};
	const parts = ['code', 'responseCode'].flatMap((name) => {
		const value: unknown = Reflect.get(said, name);
		return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
	});
	return new Error(`The mail server did not take the message (${parts.join(' ') || 'no reason'}).`);
}
