import type { Deps } from '../../deps.ts';
import { type Command, type Input, UsageError } from '../command.ts';

const LINK_MINUTES = 24 * 60;

export const inviteCommand: Command = {
	name: 'invite',
	summary: 'Invite a person to an engagement and print their sign-in link.',
	usage: 'EMAIL --name NAME --role ROLE',
	details:
		'This is how the first administrator gets in; everyone else can be invited on the People page.\nThe link works once, within 24 hours. The invitation lasts 14 days: until then the person can\nalso ask for a new link on the sign-in page. Roles: facilitator, coder, safety_responder,\nadvisory_member, administrator, data_steward, complaint_officer, police_partner.',
	options: {
		name: { type: 'string', value: 'NAME', words: 'The person’s name.' },
		role: { type: 'string', value: 'ROLE', words: 'Their role; several separated by commas.' },
		engagement: {
			type: 'string',
			value: 'SLUG',
			words: 'Which engagement, where there are several.',
		},
	},
	examples: [
		'invite ada@example.org --name "Ada Field" --role administrator',
		'invite ada@example.org --name "Ada Field" --role administrator,data_steward --json',
	],
	async run(input, io) {
		const { withDeps } = await import('../with-database.ts');
		const invitee = await readInvitee(input);
		const invited = await withDeps(io, 'throughline invite', (deps) =>
			invite(deps, invitee, input.text('engagement')),
		);
		const { email, engagement, roles, link } = invited;
		io.print(
			invited,
			`${email} is invited to “${engagement}” as ${roles.join(', ')}.\nSign-in link, works once within 24 hours:\n${link}`,
		);
	},
};

async function readInvitee(input: Input) {
	const { inviteBody } = await import('../../routes/people/schema.ts');
	const [email, ...others] = input.positionals;
	if (email === undefined || others.length > 0) {
		throw new UsageError('Name one e-mail address.');
	}
	const parsed = inviteBody.safeParse({
		email,
		name: input.need('name'),
		roles: input.need('role').split(','),
	});
	if (!parsed.success) {
		throw new UsageError(parsed.error.issues.map(({ message }) => message).join(' '));
	}
	return parsed.data;
}

async function invite(
	deps: Deps,
	invitee: Awaited<ReturnType<typeof readInvitee>>,
	slug: string | undefined,
) {
	const { invitePerson } = await import('../../actions/invite-person.ts');
	const { servedAddress } = await import('../../start/served-address.ts');
	const engagement = await findEngagement(deps, slug);
	const address = await servedAddress(deps.config);
	const { email } = await invitePerson(
		{
			...deps,
			mailer: { ...deps.mailer, send: deps.mailer.isConfigured ? deps.mailer.send : keepQuiet },
		},
		{ engagementId: engagement.id, ...invitee },
		{ personId: null, name: 'Throughline', engagement: engagement.title, address },
	);
	const link = await deps.signIn.makeLink(email, { minutes: LINK_MINUTES });
	return { email, engagement: engagement.title, roles: invitee.roles, link };
}

async function findEngagement({ db }: Deps, slug: string | undefined) {
	const found = await db
		.selectFrom('engagement')
		.select(['id', 'slug', 'title'])
		.$if(slug !== undefined, (query) => query.where('slug', '=', slug ?? ''))
		.orderBy('slug')
		.execute();
	const [only, ...others] = found;
	if (!only) {
		throw new UsageError(
			slug === undefined
				? 'There is no engagement yet. Make one first: engagement import FILE.json'
				: `There is no engagement '${slug}'. \`engagement import\` makes one.`,
		);
	}
	if (others.length > 0) {
		const slugs = found.map((engagement) => engagement.slug).join(', ');
		throw new UsageError(`There are several engagements. Name one with --engagement: ${slugs}`);
	}
	return only;
}

/** Without a mail server the link is printed as this command's result, not as mail. */
async function keepQuiet(): Promise<void> {}
