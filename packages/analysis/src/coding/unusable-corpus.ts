/** A corpus, a split or a codebook that cannot be evaluated on, said in words. */
export class UnusableCorpus extends Error {
	override readonly name = 'UnusableCorpus';
}
