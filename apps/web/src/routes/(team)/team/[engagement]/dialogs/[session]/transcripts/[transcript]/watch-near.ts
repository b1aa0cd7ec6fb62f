import type { TurnBlock, TurnBlocks } from './turn-blocks.svelte.ts';

/** So far beyond the window turns are drawn before they are seen. */
const MARGIN = '800px';

/**
 * Draws the blocks that come near the window and takes away those that leave it, one in a frame:
 * a leap brings several at once, and drawing them together would hold the page.
 * @param grid holds an element with `data-block` for each block.
 * @returns what ends the watching.
 */
export function watchNear(grid: HTMLElement, blocks: TurnBlocks): () => void {
	const changed = new Map<TurnBlock, boolean>();
	let frame = 0;

	const next = () => {
		frame = 0;
		// What is to be seen goes first.
		const [block, isNear] = [...changed].find(([, near]) => near) ?? [...changed][0] ?? [];
		if (!block) {
			return;
		}
		changed.delete(block);
		block.isNear = isNear === true;
		if (block.isNear) {
			void blocks.load(block);
		}
		wait();
	};
	const wait = () => {
		if (frame === 0 && changed.size > 0) {
			frame = requestAnimationFrame(next);
		}
	};
	const watcher = new IntersectionObserver(
		(entries) => {
			for (const { target, isIntersecting } of entries) {
				const block = blocks.blocks[Number((target as HTMLElement).dataset['block'])];
				if (block) {
					changed.set(block, isIntersecting);
				}
			}
			wait();
		},
		{ rootMargin: MARGIN },
	);
	grid.querySelectorAll('[data-block]').forEach((element) => watcher.observe(element));
	return () => {
		watcher.disconnect();
		cancelAnimationFrame(frame);
	};
}
