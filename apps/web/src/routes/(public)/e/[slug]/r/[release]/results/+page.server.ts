import { likertView } from '#lib/charts/chart-page.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ url }) => ({ view: likertView(url) });
