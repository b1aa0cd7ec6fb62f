import { z } from 'zod';
import { chartLanguages } from '../../results/charts/words.ts';
import { type WithdrawalChoice, withdrawalChoices } from '../../withdrawal/choices.ts';

/** What stands on a slip, as a person typed it: the session's code and their own. */
const slip = {
	session: z.string().max(200),
	slip: z.string().max(200),
	language: z.enum(chartLanguages).default('en'),
};

export const slipBody = z.object(slip);
export const withdrawalBody = z.object({ ...slip, choice: z.enum(withdrawalChoices) });

/** What a person can take back, and what would happen. Nothing about them. */
export interface WithdrawalChoices {
	choices: { choice: WithdrawalChoice; words: string }[];
}

export interface WithdrawalDone {
	choice: WithdrawalChoice;
	/** What was promised, in the language it was read in. */
	words: string;
}
