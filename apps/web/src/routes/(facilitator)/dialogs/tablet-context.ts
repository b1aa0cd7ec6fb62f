import { createContext } from 'svelte';
import type { Tablet } from '#lib/room/tablet.svelte.ts';

/** The tablet, from the layout to the pages below it. */
export const [tabletOfPage, shareTablet] = createContext<Tablet>();
