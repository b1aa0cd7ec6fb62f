import type { Context } from 'hono';
import type { Principal } from '../policies/principal.ts';

/** What every handler can rely on: who is asking, and the id that ties log lines together. */
export interface AppEnv {
	Variables: { principal: Principal; requestId: string };
}

export type AppContext = Context<AppEnv>;
