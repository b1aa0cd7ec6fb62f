import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createMailer } from './mailer.ts';

const message = { to: 'ada@example.org', subject: 'Sign in', text: 'https://listen.example.org' };

test('what a mail server says about an address is not passed on', async () => {
	const server = createServer((socket) => {
		socket.write('220 mail.example.org\r\n');
		socket.on('data', (data) => {
			const isRecipient = data.toString().startsWith('RCPT');
			socket.write(isRecipient ? '550 No such person: ada@example.org\r\n' : '250 ok\r\n');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	const settings = {
		SMTP_URL: `smtp://127.0.0.1:${port}`,
		MAIL_FROM: 'Throughline <t@example.org>',
	};
	const mailer = createMailer(settings, () => {});

	const failure: unknown = await mailer.send(message).catch((error: unknown) => error);
	server.close();

	expect(String(failure)).toContain('The mail server did not take the message (EENVELOPE 550).');
	expect(JSON.stringify(failure)).not.toContain('ada@example.org');
	expect(failure instanceof Error ? failure.stack : '').not.toContain('ada@example.org');
});

test('without a mail server the message is printed', async () => {
	const printed: string[] = [];
	const mailer = createMailer({ SMTP_URL: undefined, MAIL_FROM: 'x' }, (text) =>
		printed.push(text),
	);

	await mailer.send(message);

	expect(mailer.isConfigured).toBe(false);
	expect(printed.join('')).toContain('https://listen.example.org');
});
