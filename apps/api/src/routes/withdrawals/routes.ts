import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { createGuessBudget } from '../../student/guess-budget.ts';
import { withdrawalChoices, withdrawalWords } from '../../withdrawal/choices.ts';
import { findSeat } from '../../withdrawal/find-seat.ts';
import { withdrawSeat } from '../../withdrawal/withdraw-seat.ts';
import { slipBody, withdrawalBody, type WithdrawalChoices, type WithdrawalDone } from './schema.ts';

/** Where whoever sat in a dialog session takes back what they said, with the slip of their seat. */
export function withdrawalRoutes(deps: Deps) {
	const budget = createGuessBudget(deps.clock);
	return new Hono<AppEnv>()
		.post('/check', authorise('participant:withdraw'), valid('json', slipBody), async (c) => {
			const { language, ...typed } = c.req.valid('json');
			await findSeat(deps, typed, budget);
			const offered: WithdrawalChoices = {
				choices: withdrawalChoices.map((choice) => ({
					choice,
					words: withdrawalWords[choice][language],
				})),
			};
			return c.json(offered, 200);
		})
		.post('/', authorise('participant:withdraw'), valid('json', withdrawalBody), async (c) => {
			const { language, choice, ...typed } = c.req.valid('json');
			const seat = await findSeat(deps, typed, budget);
			await withdrawSeat(deps, seat, { choice, language, witnessId: null });
			const done: WithdrawalDone = { choice, words: withdrawalWords[choice][language] };
			return c.json(done, 200);
		});
}
