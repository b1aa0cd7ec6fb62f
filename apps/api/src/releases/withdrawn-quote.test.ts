import { describeOn } from '@throughline/db/testing';
import { beforeAll, expect, test } from 'vitest';
import type { PublicRelease } from '../routes/public/schema.ts';
import { type SampleReleases, sampleReleases } from '../testing/sample-releases.ts';
import { testApp } from '../testing/test-app.ts';

const SLOW = 120_000;

describeOn('server', 'a quote the team withdraws after it was published', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let sample: SampleReleases;
	let quote: PublicRelease['quotes'][number];
	let team: string;

	beforeAll(async () => {
		sut = testApp(getDatabase().db);
		sample = await sampleReleases(sut);
		team = sample.base.replace('/releases', '');
		const released = await published('en');
		const found = released.quotes[0];
		if (!found) {
			throw new Error('The release of the sample has no quote.');
		}
		quote = found;
		sut.signInAs(sample.people.coder);
		const answer = await sut.send('POST', `${team}/quotes/${quote.id}/withdrawal`);
		expect(answer).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
	}, SLOW);

	async function published(language: string): Promise<PublicRelease> {
		const { db } = getDatabase();
		const { slug } = await db
			.selectFrom('engagement')
			.select('slug')
			.where('id', '=', sample.engagementId)
			.executeTakeFirstOrThrow();
		const release = await db
			.selectFrom('release')
			.select('slug')
			.where('id', '=', sample.frozenId)
			.executeTakeFirstOrThrow();
		sut.signInAs({ type: 'public' });
		const path = `/api/public/engagements/${slug}/releases/${release.slug}`;
		const { body } = await sut.send('GET', `${path}?language=${language}`);
		return (body as { release: PublicRelease }).release; // the route's promise
	}

	test.each([
		['en', 'Withdrawn by the team after it was published, '],
		['es', 'Retirado por el equipo después de publicarse, '],
		['ar', 'سحبه الفريق بعد نشره، '],
	])('is not read in public any more, and readers are told (%s)', async (language, words) => {
		const release = await published(language);
		const own = release.quotes.find(({ id }) => id === quote.id);

		expect(own).toMatchObject({ isTakenBack: true, attribution: '', hash: '', language });
		expect(own?.text).toContain(words);
		expect(JSON.stringify(release)).not.toContain(JSON.stringify(quote.text).slice(1, -1));
		expect(JSON.stringify(release)).not.toContain(quote.hash);
	});

	test(
		'leaves the frozen release as it was: every figure and quote of it still holds',
		async () => {
			sut.signInAs(sample.people.steward);
			const path = `${sample.base}/${sample.frozenId}`;
			expect((await sut.send('GET', `${path}/verification`)).body).toMatchObject({
				differences: [],
				broken: [],
			});
			expect((await sut.send('GET', path)).body).toMatchObject({ release: { takenBackQuotes: 1 } });
		},
		SLOW,
	);

	test('flags what rests on it, and not itself', async () => {
		sut.signInAs(sample.people.steward);
		const { body } = await sut.send('GET', `${team}/flags`);
		const { flags } = body as { flags: { target: { type: string; id: string } }[] }; // its promise
		const types = flags.map(({ target }) => target.type);

		expect(types).toEqual(expect.arrayContaining(['finding', 'recommendation']));
		expect(flags.map(({ target }) => target.id)).not.toContain(quote.id);
		expect(flags.map(({ target }) => target.id)).toContain(sample.frozenId);
	});

	test(
		'keeps the next release waiting until somebody has looked',
		async () => {
			const { problems } = await sample.prepare('after-the-withdrawal');
			const codes = new Set(problems.map(({ code }) => code));

			expect(codes).toContain('quote');
			expect(problems.map(({ target }) => target.type)).toContain('flags');
		},
		SLOW,
	);
});
