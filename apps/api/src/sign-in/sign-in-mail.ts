/** The mail that carries a sign-in link. */
export function signInMail({ to, name, link }: { to: string; name: string; link: string }) {
	return {
		to,
		subject: 'Your sign-in link for Throughline',
		text: [
			`Hello ${name},`,
			'',
			'Open this link and press the button to sign in. It works once, within 15 minutes.',
			'',
			link,
			'',
			'If you did not ask for it, do nothing: without this link nobody can sign in as you.',
		].join('\n'),
	};
}

/** The mail that tells someone they were invited. */
export function invitationMail(invitation: {
	to: string;
	name: string;
	invitedBy: string;
	engagement: string;
	roles: string[];
	address: string;
	days: number;
}) {
	return {
		to: invitation.to,
		subject: `${invitation.invitedBy} invites you to “${invitation.engagement}”`,
		text: [
			`Hello ${invitation.name},`,
			'',
			`${invitation.invitedBy} invites you to “${invitation.engagement}” as ${invitation.roles.join(', ')}.`,
			`Open ${invitation.address} within ${invitation.days} days and enter this e-mail address.`,
			'You then get a link that signs you in. There is no password.',
			'',
			'If this reached you by mistake, do nothing.',
		].join('\n'),
	};
}
